using Multitasking.Copying.Globs;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Filtering;

/// <summary>
/// Judges entries by what their folder says of them: path, kind and depth. Made once a run, of a <see cref="CopyFilter"/>; judging makes no
/// object, and workers may judge at the same time.
/// </summary>
internal sealed class EntryFilter
{
    private readonly Glob[] _globs;
    private readonly bool[] _isInclude;
    private readonly string[] _texts;
    private readonly bool _leavesOutTheRest;
    private readonly bool _hasFolderIncludes;
    private readonly int _maxDepth;
    private readonly ListedPaths? _listed;

    private EntryFilter(CopyFilter filter)
    {
        _globs = [.. filter.Rules.Select(static rule => Glob.Parse(rule.Pattern.Bytes))];
        _isInclude = [.. filter.Rules.Select(static rule => rule.IsInclude)];
        _texts = [.. filter.Rules.Select(static rule => rule.ToString())];
        _leavesOutTheRest = _isInclude.Length > 0 && !_isInclude.Contains(false);
        _hasFolderIncludes = _leavesOutTheRest && Array.Exists(_globs, static glob => glob.IsForFolders);
        _maxDepth = filter.MaxDepth ?? int.MaxValue;
        _listed = filter.Files is null ? null : new ListedPaths(filter.Files);
        UsesPaths = _listed is not null || _hasFolderIncludes || Array.Exists(_globs, static glob => glob.IsAnchored);
    }

    /// <summary>Whether a judgement needs the whole path; otherwise the name alone will do in its place.</summary>
    internal bool UsesPaths { get; }

    /// <summary>Whether a folder is included only because something in it may be: it is of no use while it is empty.</summary>
    internal bool IsOnTheWay(FilterVerdict verdict) => verdict.Reason == FilterReason.OnTheWay || (verdict.Reason == FilterReason.Nothing && _leavesOutTheRest);

    /// <summary>The listed paths that no entry had, in the order of bytes; when every entry has been judged, those are missing.</summary>
    internal IEnumerable<FilePath> Missing => _listed?.Missing ?? [];

    /// <summary>Makes a filter, or null if there is nothing to judge.</summary>
    internal static EntryFilter? From(CopyFilter? filter) =>
        filter is null or { Rules.Count: 0, MaxDepth: null, Files: null } ? null : new EntryFilter(filter);

    /// <summary>Judges an entry.</summary>
    /// <param name="path">Its path from the source's root, with single slashes; or its name (see <see cref="UsesPaths"/>).</param>
    /// <param name="kind">What it is; a folder's link is no folder unless links are followed.</param>
    /// <param name="depth">1 for the entries of the source itself.</param>
    /// <param name="isOfSource">Whether the source has it, so that it is not missing if it is listed.</param>
    internal FilterVerdict Judge(ReadOnlySpan<byte> path, FileKind kind, int depth, bool isOfSource = true)
    {
        bool isFolder = kind == FileKind.Folder;
        FilterVerdict verdict = depth > _maxDepth ? new(false, FilterReason.TooDeep) : JudgeByList(path, isFolder, isOfSource);
        // What will not be looked at was left out, and is not missing.
        if (_listed is not null && isOfSource && isFolder && verdict.Reason != FilterReason.NotListed && !(verdict.IsIncluded && Enters(depth)))
            _listed.SettleBelow(path);
        return verdict;
    }

    /// <summary>Whether anything in a folder of this depth can be included.</summary>
    internal bool Enters(int depth) => depth < _maxDepth;

    /// <summary>What decided, for people: a rule as a line of a rule file, or a few words. No object is made for it.</summary>
    internal string Describe(FilterVerdict verdict) => verdict.Reason switch
    {
        FilterReason.Rule or FilterReason.FolderRule => _texts[verdict.Rule],
        FilterReason.NoRule => "no rule includes it",
        FilterReason.NotListed => "not in the list of files",
        FilterReason.OnTheWay => "leads to a listed file",
        FilterReason.TooDeep => "deeper than the limit",
        _ => "no rule excludes it",
    };

    private FilterVerdict JudgeByList(ReadOnlySpan<byte> path, bool isFolder, bool isOfSource)
    {
        Listing listing = _listed is null ? Listing.Listed : _listed.Find(path, isOfSource);
        if (listing == Listing.Absent || (listing == Listing.OnTheWay && !isFolder))
            return new FilterVerdict(false, FilterReason.NotListed);
        FilterVerdict verdict = JudgeByRules(path, isFolder);
        return verdict.Reason == FilterReason.Nothing && listing == Listing.OnTheWay ? new FilterVerdict(true, FilterReason.OnTheWay) : verdict;
    }

    private FilterVerdict JudgeByRules(ReadOnlySpan<byte> path, bool isFolder)
    {
        int rule = FirstMatch(path, isFolder, onlyForFolders: false);
        if (rule >= 0)
            return new FilterVerdict(_isInclude[rule], FilterReason.Rule, rule);
        if (!_leavesOutTheRest || isFolder)
            return new FilterVerdict(true, FilterReason.Nothing);
        if (_hasFolderIncludes)
        {
            for (int slash = path.IndexOf((byte)'/'); slash >= 0; slash = NextSlash(path, slash))
                if (FirstMatch(path[..slash], isFolder: true, onlyForFolders: true) is >= 0 and var above)
                    return new FilterVerdict(true, FilterReason.FolderRule, above);
        }

        return new FilterVerdict(false, FilterReason.NoRule);
    }

    private int FirstMatch(ReadOnlySpan<byte> path, bool isFolder, bool onlyForFolders)
    {
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        for (int i = 0; i < _globs.Length; i++)
            if ((!onlyForFolders || _globs[i].IsForFolders) && _globs[i].Matches(path, name, isFolder))
                return i;
        return -1;
    }

    private static int NextSlash(ReadOnlySpan<byte> path, int slash)
    {
        int next = path[(slash + 1)..].IndexOf((byte)'/');
        return next < 0 ? -1 : slash + 1 + next;
    }
}
