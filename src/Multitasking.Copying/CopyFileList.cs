namespace Multitasking.Copying;

/// <summary>Paths relative to a source, for <see cref="CopyFilter.Files"/>: a listed folder means all that is in it. Immutable.</summary>
/// <remarks>
/// <c>./a</c>, <c>a/</c>, <c>a/.</c> and <c>a//b</c> are taken as <c>a</c> and <c>a/b</c>; <c>.</c> is the source itself. An absolute path
/// or one with a part <c>..</c> is refused. Paths are no patterns. With several sources, a path is looked for in each. The memory it takes is
/// that of the bytes and four more for each path.
/// </remarks>
public sealed class CopyFileList
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    /// <summary>Makes a list of paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <exception cref="ArgumentNullException"><paramref name="paths"/> is null.</exception>
    /// <exception cref="ArgumentException">A path is empty, absolute, or has a part <c>..</c>; the message names it.</exception>
    public CopyFileList(IEnumerable<FilePath> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var bytes = new List<byte>();
        var ends = new List<int>();
        foreach (FilePath path in paths)
        {
            string? problem = path.IsEmpty ? "it is empty" : TryAdd(path.Bytes, bytes);
            if (problem is not null)
                throw new ArgumentException($"The path \"{path}\" cannot be listed: {problem}.", nameof(paths));
            ends.Add(bytes.Count);
        }

        _bytes = [.. bytes];
        _ends = [.. ends];
    }

    private CopyFileList(byte[] bytes, int[] ends)
    {
        _bytes = bytes;
        _ends = ends;
    }

    /// <summary>How many paths it has.</summary>
    public int Count => _ends.Length;

    /// <summary>A path, without what has no meaning in it; <c>.</c> is the source itself.</summary>
    /// <param name="index">Its place in the list, from 0.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is below 0 or not below <see cref="Count"/>.</exception>
    public FilePath this[int index] => BytesAt(index) is { IsEmpty: false } path ? new FilePath(path) : new FilePath("."u8);

    /// <summary>
    /// Reads a list with a path a line, as <c>find</c> writes it. Nothing but the end of a line has a meaning, and empty lines are no paths.
    /// </summary>
    /// <param name="text">The list.</param>
    /// <param name="origin">The file that it is from, for the message of the exception; empty if there is none.</param>
    /// <returns>The list.</returns>
    /// <exception cref="FormatException">
    /// A path is absolute or has a part <c>..</c>; the message has the file, the line's number and the path.
    /// </exception>
    public static CopyFileList ParseLines(ReadOnlySpan<byte> text, FilePath origin = default) =>
        Parse(text, (byte)'\n', "line", origin);

    /// <summary>Reads a list whose paths end with NUL, as <c>find -print0</c> writes it, so that names may have line breaks.</summary>
    /// <param name="text">The list.</param>
    /// <param name="origin">The file that it is from, for the message of the exception; empty if there is none.</param>
    /// <returns>The list.</returns>
    /// <exception cref="FormatException">
    /// A path is absolute or has a part <c>..</c>; the message has the file, the path's number and the path.
    /// </exception>
    public static CopyFileList ParseNulSeparated(ReadOnlySpan<byte> text, FilePath origin = default) =>
        Parse(text, 0, "path", origin);

    /// <summary>A path with single slashes between its names; empty for the source itself.</summary>
    internal ReadOnlySpan<byte> BytesAt(int index)
    {
        int start = index == 0 ? 0 : _ends[index - 1];
        return _bytes.AsSpan(start, _ends[index] - start);
    }

    private static CopyFileList Parse(ReadOnlySpan<byte> text, byte separator, string unit, FilePath origin)
    {
        var bytes = new List<byte>(text.Length);
        var ends = new List<int>();
        int number = 0;
        foreach (Range range in text.Split(separator))
        {
            number++;
            ReadOnlySpan<byte> path = text[range];
            if (path.IsEmpty)
                continue;
            if (TryAdd(path, bytes) is { } problem)
            {
                int nul = path.IndexOf((byte)0);
                var shown = new FilePath(nul < 0 ? path : path[..nul]);
                string place = origin.IsEmpty ? "" : $"{origin}, ";
                throw new FormatException($"{place}{unit} {number}: \"{shown}\" cannot be listed: {problem}.");
            }

            ends.Add(bytes.Count);
        }

        return new CopyFileList([.. bytes], [.. ends]);
    }

    /// <summary>Appends a path without what has no meaning in it.</summary>
    /// <returns>Null, or why not.</returns>
    private static string? TryAdd(ReadOnlySpan<byte> path, List<byte> bytes)
    {
        if (path is [(byte)'/', ..])
            return "it is absolute, and paths of a list are relative to the source";
        if (path.Contains((byte)0))
            return "it contains a NUL byte, as in a list whose paths end with NUL";
        int start = bytes.Count;
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> name = path[range];
            if (name.SequenceEqual(".."u8))
                return "it has a part \"..\", which could lead out of the source";
            if (name.IsEmpty || name.SequenceEqual("."u8))
                continue;
            if (bytes.Count > start)
                bytes.Add((byte)'/');
            bytes.AddRange(name);
        }

        return null;
    }
}
