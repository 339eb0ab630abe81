namespace Multitasking.Copying.Globs;

/// <summary>
/// A pattern as gitignore has them, over bytes, with a path relative to the root: <c>*</c>, <c>?</c> and <c>[a-z]</c> stay inside a name, a
/// whole part <c>**</c> stands for any number of folders. Knows nothing of files. Immutable.
/// </summary>
/// <remarks>
/// A name costs at most its length times the pattern's, and so does a path, however hostile both are: of several stars only the last one
/// is ever tried again, because whatever the earlier ones could take instead, the last one can take too. The same holds for <c>**</c> among parts.
/// </remarks>
internal sealed class Glob
{
    /// <summary>The parts between slashes; null is <c>**</c>, which is never the last.</summary>
    private readonly GlobPart?[] _parts;

    private Glob(GlobPart?[] parts, bool isAnchored, bool isForFolders)
    {
        _parts = parts;
        IsAnchored = isAnchored;
        IsForFolders = isForFolders;
    }

    /// <summary>Whether it is about the way from the root, rather than about the name alone.</summary>
    internal bool IsAnchored { get; }

    /// <summary>Whether it ended with a slash.</summary>
    internal bool IsForFolders { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">
    /// It cannot match anything as it stands; the message says why, in a clause that does not name the pattern.
    /// </exception>
    internal static Glob Parse(ReadOnlySpan<byte> pattern)
    {
        bool isForFolders = pattern is [.., (byte)'/'];
        ReadOnlySpan<byte> body = isForFolders ? pattern[..^1] : pattern;
        bool isRooted = body is [(byte)'/', ..];
        if (isRooted)
            body = body[1..];
        if (body.IsEmpty)
            throw new FormatException("it is empty");

        bool isAnchored = isRooted || GlobPartReader.EndOfPart(body) < body.Length;
        var parts = new List<GlobPart?>();
        for (bool isLast = false; !isLast;)
        {
            int end = GlobPartReader.EndOfPart(body);
            isLast = end == body.Length;
            GlobPart? part = isAnchored && IsAnyDepth(body[..end]) ? null : GlobPartReader.Read(body[..end]);
            if (part is not null || parts is not [.., null])
                parts.Add(part);
            // What stands behind the last slash must be there: "a/**" is all in a, but not a itself.
            if (isLast && part is null)
                parts.Add(GlobPart.Anything);
            body = isLast ? default : body[(end + 1)..];
        }

        // "**/name" is "name".
        if (parts is [null, not null])
            return new Glob([parts[1]], isAnchored: false, isForFolders);
        return new Glob([.. parts], isAnchored, isForFolders);
    }

    /// <summary>Whether it matches.</summary>
    /// <param name="path">The path from the root, with single slashes between its names; the name is enough when the pattern is not anchored.</param>
    /// <param name="name">The last name of the path.</param>
    /// <param name="isFolder">Whether the path is a folder.</param>
    internal bool Matches(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, bool isFolder)
    {
        if (IsForFolders && !isFolder)
            return false;
        return IsAnchored ? MatchesPath(path) : _parts[0]!.Matches(name);
    }

    private static bool IsAnyDepth(ReadOnlySpan<byte> part) => part.Length > 1 && part.IndexOfAnyExcept((byte)'*') < 0;

    private bool MatchesPath(ReadOnlySpan<byte> path)
    {
        int part = 0;
        int at = 0;
        int partBehindStars = -1;
        int takenByStars = 0;
        while (true)
        {
            if (part < _parts.Length && _parts[part] is null)
            {
                partBehindStars = ++part;
                takenByStars = at;
            }

            // Behind the last name the position is one more than the length, where the next slash would have ended.
            bool isPathEnded = at > path.Length;
            if (isPathEnded && part == _parts.Length)
                return true;
            if (isPathEnded)
                return false;
            if (part < _parts.Length && _parts[part]!.Matches(NameAt(path, at)))
            {
                part++;
                at += NameAt(path, at).Length + 1;
                continue;
            }

            if (partBehindStars < 0)
                return false;
            part = partBehindStars;
            takenByStars += NameAt(path, takenByStars).Length + 1;
            at = takenByStars;
        }
    }

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> path, int start)
    {
        ReadOnlySpan<byte> rest = path[start..];
        int slash = rest.IndexOf((byte)'/');
        return slash < 0 ? rest : rest[..slash];
    }
}
