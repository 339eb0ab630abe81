namespace Multitasking.TypeTable;

/// <summary>The file that says for each type in which column it stands: a line each, with the column first.</summary>
internal static class Table
{
    internal static void Write(IEnumerable<Row> rows, string path) =>
        File.WriteAllLines(path,
            rows.Where(static row => row.Column is not Row.NoValue).Select(static row => $"{row.Column,-12} {row.Name}")
            .Order(StringComparer.Ordinal));

    /// <summary>Holds rows against the file.</summary>
    /// <returns>How many stand in another column.</returns>
    internal static int Compare(IEnumerable<Row> rows, string path, TextWriter output)
    {
        var columns = File.ReadLines(path).ToDictionary(static line => line[13..], static line => line[..12].TrimEnd());
        int wrong = 0;
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
