using Mtcopy.Interop;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>Keeps the progress line on the terminal and puts messages above it. Nothing of the line is left at the end.</summary>
/// <remarks>
/// The cursor stays visible and the terminal's settings stay untouched, so a command that is killed leaves a shell that works. Each change is a
/// single write that goes back to the line's begin, writes over it and erases the rest.
/// </remarks>
internal sealed class ProgressDisplay : IProgress<CopyProgress>, IDisposable
{
    private const string EraseLine = "\r\e[K";

    /// <summary>What ends sooner needs no progress line, and does not pay for one.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    private readonly Lock _screen = new();
    private LinePainter? _painter;
    private BarStyle? _bar;
    private string _line = "";
    private bool _closed;

    /// <summary>Whether there is a terminal to show a line on; only its watcher needs to know the time left.</summary>
    public bool IsTerminal { get; } = Terminal.CanRedrawLines;

    /// <summary>How far the copy was when it last told.</summary>
    public CopyProgress Latest { get; private set; }

    /// <inheritdoc/>
    public void Report(CopyProgress value)
    {
        lock (_screen)
        {
            Latest = value;
            if (IsTerminal && !_closed && value.Elapsed >= s_patience && Terminal.IsForeground)
                Draw(value);
        }
    }

    /// <summary>Puts a line on standard error, above the progress line.</summary>
    public void Say(string message)
    {
        lock (_screen)
            StandardStream.Error.Write(_line.Length == 0 ? $"{message}\n" : $"{EraseLine}{message}\n{_line}");
    }

    /// <summary>Takes the line off the screen.</summary>
    public void Dispose()
    {
        lock (_screen)
        {
            _closed = true;
            if (_line.Length > 0)
                StandardStream.Error.Write(EraseLine);
            _line = "";
        }
    }

    private void Draw(in CopyProgress progress)
    {
        _painter ??= new LinePainter();
        _bar ??= BarStyle.OfLocale(Environment.GetEnvironmentVariable);
        _line = _painter.Paint(ProgressLine.Compose(progress, Terminal.Width, _bar));
        StandardStream.Error.Write($"\r{_line}\e[K");
    }
}
