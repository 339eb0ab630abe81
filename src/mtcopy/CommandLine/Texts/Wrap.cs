using System.Text;

namespace Mtcopy.CommandLine.Texts;

/// <summary>Breaks text into lines.</summary>
internal static class Wrap
{
    /// <summary>Appends lines of <paramref name="text"/> that begin at <paramref name="column"/>, the first one behind <paramref name="left"/> if there is room.</summary>
    public static void Append(StringBuilder lines, string left, string text, int column, int width)
    {
        // Two spaces at least, or left and text would read as one.
        bool fits = left.TrimEnd().Length + 2 <= column;
        lines.Append(fits ? left.TrimEnd().PadRight(column) : $"{left}\n{new string(' ', column)}");
        int used = column;
        foreach (string word in text.Split(' '))
        {
            if (used > column && used + 1 + word.Length > width)
            {
                lines.Append('\n').Append(' ', column);
                used = column;
            }

            if (used > column)
            {
                lines.Append(' ');
                used++;
            }

            lines.Append(word);
            used += word.Length;
        }

        lines.Append('\n');
    }
}
