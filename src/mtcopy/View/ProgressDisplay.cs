using Mtcopy.CommandLine;
using Mtcopy.Interop;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>
/// Keeps the progress line, and below it what each worker is at, on the terminal and puts messages above them. Nothing of them is left at
/// the end.
/// </summary>
/// <remarks>
/// The cursor stays visible and the terminal's settings stay untouched, so a command that is killed leaves a shell that works. Each change
/// is a single write that goes back to the begin of the lines, writes over them and erases the rest.
/// </remarks>
internal sealed class ProgressDisplay : IProgress<CopyProgress>, IDisposable
{
    /// <summary>A copy that ends sooner needs no progress line, and does not pay for one.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    private readonly Lock _screen = new();
    private readonly ScreenBlock _block = new();
    private readonly PlainProgress? _plain;
    private readonly bool _drawsLines;
    private readonly bool _outputIsTerminal;
    private LinePainter? _painter;
    private BarStyle? _bar;
    private StopSign? _stopSign;
    private bool _isHeld;

    public ProgressDisplay(OutputRequest output)
    {
        IsTerminal = Terminal.CanRedrawLines;
        _outputIsTerminal = IsTerminal && Terminal.ShowsOutput;

        // Objects for a program, on the same screen: lines between them would be in its way.
        _drawsLines = IsTerminal && output is { Progress: ProgressMode.Auto, Verbosity: not Verbosity.Quiet } && !(output.Json && _outputIsTerminal);
        _plain = output.Progress == ProgressMode.Plain ? new PlainProgress() : null;
    }

    /// <summary>Tells whether standard error is a terminal on which lines can be taken back.</summary>
    public bool IsTerminal { get; }

    /// <summary>Tells whether anybody is shown how far the copy is; only then need the total be known.</summary>
    public bool IsWatched => _drawsLines || _plain is not null;

    /// <summary>How far the copy was when it last told.</summary>
    public CopyProgress Latest { get; private set; }

    /// <inheritdoc/>
    public void Report(CopyProgress value)
    {
        lock (_screen)
        {
            Latest = value;
            if (_isHeld)
                return;
            if (_plain?.Compose(value) is { } line)
                StandardStream.Error.WriteLine(line);
            if (_drawsLines && value.Elapsed >= s_patience)
                Draw(value);
        }
    }

    /// <summary>Puts a line on standard error, above the progress lines.</summary>
    public void Say(string message)
    {
        lock (_screen)
            StandardStream.Error.Write(_block.Above($"{message}\n", Terminal.Size.Columns));
    }

    /// <summary>Puts lines on standard output; if that is the terminal too, above the progress lines.</summary>
    public void PrintOutput(ReadOnlySpan<byte> lines, CancellationToken stop)
    {
        lock (_screen)
        {
            int width = _outputIsTerminal && !_block.IsEmpty ? Terminal.Size.Columns : 0;
            if (width > 0)
                StandardStream.Error.Write(_block.Erase(width));
            Descriptors.WriteUnlessStopped(Descriptors.Output, lines, stop);
            if (width > 0 && !_isHeld)
                Draw(Latest);
        }
    }

    /// <summary>Takes the lines off the screen, says why, and draws none until <see cref="Release"/>.</summary>
    public void Hold(string? message)
    {
        lock (_screen)
        {
            string last = _block.Erase(Terminal.Size.Columns) + (message is null ? "" : $"{message}\n");
            if (last.Length > 0)
                StandardStream.Error.Write(last);
            _isHeld = true;
        }
    }

    /// <summary>Draws again.</summary>
    public void Release()
    {
        lock (_screen)
            _isHeld = false;
    }

    /// <summary>Takes the lines off the screen.</summary>
    public void Dispose()
    {
        Hold(message: null);
        _stopSign?.Dispose();
    }

    private void Draw(in CopyProgress progress)
    {
        _stopSign ??= new StopSign(TimeProvider.System);
        NextDrawing next = _stopSign.Next();
        if (next == NextDrawing.Later)
            return;
        if (next == NextDrawing.BelowAll || !Terminal.IsForeground)
            _block.Forget();
        if (Terminal.IsForeground)
        {
            _painter ??= new LinePainter();
            _bar ??= BarStyle.OfLocale(Environment.GetEnvironmentVariable);
            (int width, int height) = Terminal.Size;
            IReadOnlyList<LinePart> line = ProgressLine.Compose(progress, width, _bar);
            List<(string Text, int Columns)> lines = [(_painter.Paint(line), line.Sum(static part => part.Text.Length))];
            foreach (string worker in WorkerLines.Compose(progress.Current ?? [], width, height, _bar))
                lines.Add((worker, TextWidth.Of(worker)));
            StandardStream.Error.Write(_block.Draw(lines, width));
        }

        // After the write, which a terminal may hold up.
        _stopSign.NoteDrawn();
    }
}
