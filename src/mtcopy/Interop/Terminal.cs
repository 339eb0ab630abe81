namespace Mtcopy.Interop;

/// <summary>The terminal behind standard error, asked directly: <see cref="Console"/> would set the terminal up for reading keys first.</summary>
internal static class Terminal
{
    /// <summary>Whether standard error is a terminal on which a line can be drawn and taken back.</summary>
    public static bool CanRedrawLines =>
        LibC.IsATty(Descriptors.Error) == 1 && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Whether the shell gives this process the screen; a copy in the background must not draw over the prompt.</summary>
    public static bool IsForeground => LibC.ForegroundGroup(Descriptors.Error) == LibC.OwnGroup();

    /// <summary>Whether standard output is one, of which this program's other lines have to keep clear.</summary>
    public static bool ShowsOutput => LibC.IsATty(Descriptors.Output) == 1;

    /// <summary>Columns and rows now; the window may change at any time.</summary>
    public static (int Columns, int Rows) Size =>
        LibC.WindowSize(Descriptors.Error, LibC.TIOCGWINSZ, out WindowSize size) == 0 && size.Columns > 0 ? (size.Columns, size.Rows) : (80, 0);
}
