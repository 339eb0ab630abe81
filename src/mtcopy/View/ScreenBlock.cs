using System.Text;

namespace Mtcopy.View;

/// <summary>Lines at the bottom of a terminal that are drawn over and taken back: the codes for that, and how far up the cursor has to go.</summary>
internal sealed class ScreenBlock
{
    private const string EraseRest = "\e[K";
    private const string EraseBelow = "\e[J";

    private int[] _columns = [];
    private string _text = "";

    /// <summary>Whether nothing is drawn.</summary>
    public bool IsEmpty => _columns.Length == 0;

    /// <summary>Takes back what is drawn and draws these lines, with the cursor behind the last.</summary>
    /// <param name="lines">The lines, codes for colours included, and how many columns each takes.</param>
    /// <param name="width">The terminal's width now.</param>
    public string Draw(IReadOnlyList<(string Text, int Columns)> lines, int width)
    {
        var drawn = new StringBuilder(Back(width));
        int rowsBefore = Rows(width);
        _text = string.Join("\r\n", lines.Select(static line => line.Text + EraseRest));
        _columns = [.. lines.Select(static line => line.Columns)];
        drawn.Append(_text);
        if (Rows(width) < rowsBefore)
            drawn.Append(EraseBelow);
        return drawn.ToString();
    }

    /// <summary>Takes back what is drawn; nothing where nothing is.</summary>
    public string Erase(int width)
    {
        if (IsEmpty)
            return "";
        string erased = Back(width) + (Rows(width) > 1 ? EraseBelow : EraseRest);
        Forget();
        return erased;
    }

    /// <summary>Puts text above the lines.</summary>
    public string Above(string text, int width)
    {
        if (IsEmpty)
            return text;
        string again = _text;
        int[] columns = _columns;
        string above = Erase(width) + text + again;
        (_text, _columns) = (again, columns);
        return above;
    }

    /// <summary>What is drawn stays where it is, and is no longer this block's: somebody else has written below it.</summary>
    public void Forget()
    {
        _columns = [];
        _text = "";
    }

    private string Back(int width) => IsEmpty ? "" : Rows(width) > 1 ? $"\r\e[{Rows(width) - 1}A" : "\r";

    /// <summary>The rows that the lines take now: a terminal that was made narrower folds them.</summary>
    private int Rows(int width) => _columns.Sum(columns => Math.Max(1, (columns + width - 1) / width));
}
