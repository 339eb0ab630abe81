using System.Text;
using Mtcopy.Interop;

namespace Mtcopy.View;

/// <summary>Standard output or error: a message is one write, so that lines of several programs do not mix.</summary>
/// <remarks>
/// A reader that went away, a full disk or a terminal that hung up does not make a copy fail: there is nobody left to tell.
/// <see cref="Console"/> would set the terminal up for reading keys first; that costs more than a small copy.
/// </remarks>
internal sealed class StandardStream
{
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public static StandardStream Output { get; } = new(Descriptors.Output);

    public static StandardStream Error { get; } = new(Descriptors.Error);

    public void WriteLine(string text) => Write(text + "\n");

    public void Write(string text) => Descriptors.Write(_descriptor, Encoding.UTF8.GetBytes(text));
}
