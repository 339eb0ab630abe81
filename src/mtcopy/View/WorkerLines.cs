using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What each worker is at, a line each below the progress line, where the terminal has the room.</summary>
internal static class WorkerLines
{
    private const int NarrowestTerminal = 60;
    private const int LowestTerminal = 10;
    private const string Indent = "  ";

    /// <summary>Whatever the user types is echoed behind the last line, as <c>^C</c> is, and must not reach the next row.</summary>
    private const int RoomForEcho = 3;

    /// <summary>The lines; none on a narrow or low terminal.</summary>
    /// <param name="current">What each worker is at.</param>
    /// <param name="columns">The terminal's width.</param>
    /// <param name="rows">The terminal's height; 0 where it is not known.</param>
    /// <param name="bar">Whether the terminal shows more than ASCII.</param>
    public static IEnumerable<string> Compose(IReadOnlyList<FilePath> current, int columns, int rows, BarStyle bar)
    {
        if (columns < NarrowestTerminal || rows < LowestTerminal)
            return [];
        bool isAscii = bar == BarStyle.Ascii;

        // Half of the screen stays for what is above.
        return current.Take(rows / 2).Select(path =>
        {
            string text = path.ToString();
            return Indent + TextWidth.Shorten(isAscii ? ToAscii(text) : text, columns - RoomForEcho - Indent.Length, isAscii ? "..." : "…");
        });
    }

    private static string ToAscii(string text) => string.Concat(text.EnumerateRunes().Select(static rune => rune.IsAscii ? (char)rune.Value : '?'));
}
