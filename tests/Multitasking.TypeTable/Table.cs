namespace Multitasking.TypeTable;

/// <summary>The file that says for each type in which column it stands: a line each, with the column first.</summary>
internal static class Table
{
    internal static void Write(IEnumerable<Row> rows, string path) =>
        File.WriteAllLines(path,
            rows.Where(static row => row.Column is not Row.NoValue).Select(static row => $"{row.Column,-12} {row.Name}")
            .Order(StringComparer.Ordinal));

    /// <summary>Holds rows against the file.</summary>
    /// <param name="rows">What became of each type.</param>
    /// <param name="path">The file.</param>
    /// <param name="isExact">Says whether all types of the file have to be there.</param>
    /// <param name="output">Where differences are told.</param>
    /// <returns>How many stand in another column.</returns>
    internal static int Compare(IReadOnlyList<Row> rows, string path, bool isExact, TextWriter output)
    {
        var columns = File.ReadLines(path).ToDictionary(static line => line[13..], static line => line[..12].TrimEnd());
        int wrong = 0;
        var made = rows.Where(static row => row.Column != Row.NoValue).Select(static row => row.Name);
        foreach (string missing in isExact ? columns.Keys.Except(made) : [])
        {
            output.WriteLine($"WRONG {missing}: no value, where the table says {columns[missing]}");
            wrong++;
        }
        foreach (var row in rows)
        {
            string expected = columns.GetValueOrDefault(row.Name, Row.NoValue);
            // Without ICU there is no value of some calendars.
            if (row.Column == expected || row.Column == Row.NoValue)
                continue;
            output.WriteLine($"WRONG {row.Name}: {row.Column}, where the table says {expected}");
            wrong++;
        }
        return wrong;
    }

    internal static string Summary(IEnumerable<Row> rows) =>
        string.Join(", ",
            rows.CountBy(static row => row.Column).OrderBy(static count => count.Key, StringComparer.Ordinal)
            .Select(static count => $"{count.Value} {count.Key}"));
}
