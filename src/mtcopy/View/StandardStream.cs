using System.Text;

namespace Mtcopy.View;

/// <summary>Standard output or error: every line is one write, so that lines of several processes do not mix.</summary>
/// <remarks><see cref="Console.Out"/> would set up the terminal and its signals first, which costs more than a small copy.</remarks>
internal sealed class StandardStream
{
    private readonly Lazy<Stream> _stream;

    private StandardStream(Func<Stream> open) => _stream = new(open);

    public static StandardStream Output { get; } = new(Console.OpenStandardOutput);

    public static StandardStream Error { get; } = new(Console.OpenStandardError);

    public void WriteLine(string text) => Write(text + "\n");

    /// <summary>Writes the text. A reader that has gone away does not make a copy fail.</summary>
    public void Write(string text)
    {
        try
        {
            Stream stream = _stream.Value;
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Closed, full, or a terminal that hung up: there is nobody left to tell.
        }
    }
}
