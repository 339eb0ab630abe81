using System.Text;
using System.Text.RegularExpressions;

namespace Mtcopy.Tests.Running;

/// <summary>As much of a terminal as the command may use: text, colours, back to the begin of the line, up some lines, erase to the line's or the screen's end.</summary>
internal sealed partial class TerminalScreen
{
    private readonly int _width;
    private readonly List<StringBuilder> _rows = [new()];
    private int _column;
    private int _row;

    private TerminalScreen(int width) => _width = width;

    /// <summary>What the screen shows at the end, without empty rows at its bottom.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(static row => row.ToString().TrimEnd()).Reverse().SkipWhile(static row => row.Length == 0).Reverse()];

    /// <summary>Every state that the cursor's row was in before it was written over.</summary>
    public List<string> Overwritten { get; } = [];

    /// <summary>Every state that all rows were in when the cursor went up to write over them.</summary>
    public List<string> Blocks { get; } = [];

    public int Colours { get; private set; }

    public static TerminalScreen Show(string output, int width)
    {
        var screen = new TerminalScreen(width);
        for (int at = 0; at < output.Length;)
            at += screen.Take(output[at..]);
        return screen;
    }

    private int Take(string rest)
    {
        if (Erase().Match(rest) is { Success: true } erase)
        {
            _rows[_row].Length = Math.Min(_column, _rows[_row].Length);
            return erase.Length;
        }

        if (EraseBelow().Match(rest) is { Success: true } below)
        {
            _rows[_row].Length = Math.Min(_column, _rows[_row].Length);
            _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
            return below.Length;
        }

        if (Up().Match(rest) is { Success: true } up)
        {
            Blocks.Add(string.Join('\n', Rows));
            _row -= int.Parse(up.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(_row >= 0, "above the screen");
            return up.Length;
        }

        if (Colour().Match(rest) is { Success: true } colour)
        {
            // Bold and reset are no colours.
            if (colour.Groups[1].Value is not ("0" or "1"))
                Colours++;
            return colour.Length;
        }

        switch (rest[0])
        {
            case '\e': Assert.Fail($"a code that no terminal needs: {rest[..Math.Min(20, rest.Length)]}"); break;
            case '\n':
                NextRow();
                break;
            case '\r':
                if (_column > 0)
                    Overwritten.Add(_rows[_row].ToString());
                _column = 0;
                break;
            default: Put(rest[0]); break;
        }

        return 1;
    }

    private void Put(char shown)
    {
        if (_column == _width)
            NextRow();

        StringBuilder row = _rows[_row];
        if (_column < row.Length)
            row[_column] = shown;
        else
            row.Append(shown);
        _column++;
    }

    private void NextRow()
    {
        _column = 0;
        if (++_row == _rows.Count)
            _rows.Add(new StringBuilder());
    }

    [GeneratedRegex(@"\A\e\[J")]
    private static partial Regex EraseBelow();

    [GeneratedRegex(@"\A\e\[([0-9]+)A")]
    private static partial Regex Up();

    [GeneratedRegex(@"\A\e\[K")]
    private static partial Regex Erase();

    [GeneratedRegex(@"\A\e\[([0-9;]*)m")]
    private static partial Regex Colour();
}
