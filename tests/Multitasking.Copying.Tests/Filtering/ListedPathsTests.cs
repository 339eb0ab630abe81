using CsCheck;
using Multitasking.Copying.Filtering;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Tests.Filtering;

/// <summary>Lists beside what they are defined as. The names have bytes on either side of the slash in the order of bytes.</summary>
public sealed class ListedPathsTests
{
    private static readonly Gen<string> s_path =
        Gen.OneOf("a", "a-", "a0", "b", "\uDCFF").Array[1, 4].Select(static names => string.Join('/', names));

    [Fact]
    public void Path_is_found_as_it_is_defined() => Gen.Select(s_path.Array[0, 12], s_path).Sample(static (list, path) =>
    {
        Listing expected = list.Any(listed => IsInOrSame(path, listed)) ? Listing.Listed
            : list.Any(listed => IsInOrSame(listed, path)) ? Listing.OnTheWay
            : Listing.Absent;
        var listed = new ListedPaths(new CopyFileList(list.Select(FilePath.FromText)));
        Assert.Equal(expected, listed.Find(((FilePath)path).Bytes));
        Assert.Equal(list.Where(other => other != path).Distinct().Order(StringComparer.Ordinal), listed.Missing.Select(Text).Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Walk_finds_what_is_listed_and_tells_what_is_missing() => Gen.Select(s_path.Array[0, 12], s_path.Array[0, 12]).Sample(static (list, leaves) =>
    {
        string[] tree = [.. leaves.SelectMany(WithThoseAbove).Distinct()];
        EntryFilter filter = EntryFilter.From(new CopyFilter { Files = new CopyFileList(list.Select(FilePath.FromText)) })!;
        var copied = new List<string>();
        Walk("");
        Assert.Equal(
            tree.Where(path => list.Any(listed => IsInOrSame(path, listed) || (IsFolder(path) && IsInOrSame(listed, path))))
                .Order(StringComparer.Ordinal),
            copied.Order(StringComparer.Ordinal));
        Assert.Equal(list.Except(tree).Order(StringComparer.Ordinal), filter.Missing.Select(Text).Order(StringComparer.Ordinal));

        void Walk(string folder)
        {
            foreach (string path in tree.Where(path => path.LastIndexOf('/') is var slash && (slash < 0 ? "" : path[..slash]) == folder))
            {
                FileKind kind = IsFolder(path) ? FileKind.Folder : FileKind.Regular;
                if (!filter.Judge(((FilePath)path).Bytes, kind, 1 + path.Count(static c => c == '/')).IsIncluded)
                    continue;
                copied.Add(path);
                Walk(path);
            }
        }

        bool IsFolder(string path) => Array.Exists(tree, other => other.StartsWith(path + '/', StringComparison.Ordinal));
    });

    [Fact]
    public void Long_list_is_looked_up_without_a_walk_through_it()
    {
        var listed = new ListedPaths(new CopyFileList(Enumerable.Range(0, 100_000).Select(static i => (FilePath)$"folder/{i % 100}/{i}")));
        // Far below a second; with a walk through the list it would be ten thousand million steps.
        for (int i = 0; i < 100_000; i += 2)
            Assert.Equal(Listing.Listed, listed.Find(((FilePath)$"folder/{i % 100}/{i}").Bytes));
        Assert.Equal(50_000, listed.Missing.Count());
    }

    private static bool IsInOrSame(string path, string folder) => path == folder || path.StartsWith(folder + '/', StringComparison.Ordinal);

    private static IEnumerable<string> WithThoseAbove(string path) =>
        path.Select(static (c, i) => (c, i)).Where(static at => at.c == '/').Select(at => path[..at.i]).Append(path);

    private static string Text(FilePath path) => path.ToText();
}
