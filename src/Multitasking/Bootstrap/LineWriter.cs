using System.Buffers;
using System.Text;
using Multitasking.Interop;

namespace Multitasking.Bootstrap;

/// <summary>
/// A standard stream, written a whole number of lines at a time. <see cref="TextWriter.Flush"/> does not break a line; the end of the task
/// does.
/// </summary>
internal sealed class LineWriter(int descriptor, Encoding encoding) : TextWriter
{
    // A line that grows beyond this comes out in pieces rather than fill the memory.
    private const int LongestLine = 1 << 20;

    // Both standard streams may lead to the same place.
    private static readonly Lock s_lock = new();

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Encoder _encoder = encoding.GetEncoder();
    private readonly SharedOutput _output = new(descriptor);
    private bool _isBegun;

    public override Encoding Encoding { get; } = encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => WriteLine(value.AsSpan());

    public override void WriteLine(ReadOnlySpan<char> buffer)
    {
        lock (s_lock)
        {
            Encode(buffer, isEnd: false);
            Write(CoreNewLine);
        }
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (s_lock)
        {
            Encode(buffer, isEnd: false);
            int end = buffer.Contains('\n') ? _line.WrittenSpan.LastIndexOf((byte)'\n') + 1 : 0;
            if (end == 0 && _line.WrittenCount > LongestLine)
                end = _line.WrittenCount;
            if (end > 0)
                WriteOut(end);
        }
    }

    /// <summary>Writes what there is of a line.</summary>
    internal void Complete()
    {
        lock (s_lock)
        {
            // Each task ends here, and hardly one prints: the encoder would take longer than the rest of a short task.
            if (!_isBegun)
                return;
            Encode([], isEnd: true);
            _isBegun = false;
            if (_line.WrittenCount > 0)
                WriteOut(_line.WrittenCount);
        }
    }

    /// <summary>The first half of a character that comes in two pieces is kept for the second.</summary>
    private void Encode(ReadOnlySpan<char> text, bool isEnd)
    {
        _isBegun = true;
        _encoder.Convert(text, _line, isEnd, out _, out _);
    }

    private void WriteOut(int count)
    {
        _output.Write(_line.WrittenSpan[..count]);
        if (count == _line.WrittenCount)
        {
            _line.ResetWrittenCount();
            return;
        }
        byte[] rest = _line.WrittenSpan[count..].ToArray();
        _line.ResetWrittenCount();
        _line.Write(rest);
    }
}
