using Multitasking.Copying.Filtering;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Tests.Filtering;

/// <summary>How rules, a list and a depth work together. A path with a slash at its end is a folder.</summary>
public sealed class EntryFilterTests
{
    [Theory]
    // The first match decides.
    [InlineData("+ a.txt|- *.txt", "a.txt", true)]
    [InlineData("+ a.txt|- *.txt", "b.txt", false)]
    [InlineData("- *.txt|+ a.txt", "a.txt", false)]
    // What nothing matches is copied, unless there are only rules that include.
    [InlineData("- *.txt", "a.jpg", true)]
    [InlineData("+ a|- *.txt", "a.jpg", true)]
    [InlineData("+ *.jpg", "a.jpg", true)]
    [InlineData("+ *.jpg", "d/a.jpg", true)]
    [InlineData("+ *.jpg", "a.txt", false)]
    [InlineData("+ *.jpg", "d/", true)]
    [InlineData("+ *.jpg", "a.jpg/", true)]
    [InlineData("+ *.jpg", "a.jpg/b", false)]
    [InlineData("+ /d/*", "d/a", true)]
    [InlineData("+ /d/*", "a", false)]
    // A folder's pattern brings what is in it, where nothing else would.
    [InlineData("+ photos/", "photos/", true)]
    [InlineData("+ photos/", "photos/a", true)]
    [InlineData("+ photos/", "x/photos/y/a", true)]
    [InlineData("+ /photos/", "x/photos/a", false)]
    [InlineData("+ photos/", "photos", false)]
    [InlineData("+ photos", "photos/a", false)]
    [InlineData("+ photos/|- *", "photos/a", false)]
    [InlineData("+ photos/|+ *.txt", "a.txt", true)]
    [InlineData("+ photos/|+ x", "x/a", false)]
    // What is left out.
    [InlineData("- cache/", "cache/", false)]
    [InlineData("- cache/", "x/cache/", false)]
    [InlineData("- cache/", "cache", true)]
    [InlineData("- /cache", "x/cache", true)]
    [InlineData("- a/b", "a/b", false)]
    [InlineData("- a/**", "a/", true)]
    [InlineData("- a/**", "a/b/c", false)]
    [InlineData("+ */|+ *.jpg|- *", "d/e/", true)]
    [InlineData("+ */|+ *.jpg|- *", "d/a.jpg", true)]
    [InlineData("+ */|+ *.jpg|- *", "d/a.txt", false)]
    public void Rules_decide(string rules, string path, bool isIncluded)
    {
        EntryFilter filter = Make(new CopyFilter { Rules = Rules(rules) });
        Assert.Equal(isIncluded, Judge(filter, path).IsIncluded);
        if (!filter.UsesPaths)
            Assert.Equal(isIncluded, filter.Judge(((FilePath)path.TrimEnd('/').Split('/')[^1]).Bytes, KindOf(path), 1).IsIncluded);
    }

    [Theory]
    [InlineData("+ a.txt|- *.txt", "a.txt", "+ a.txt")]
    [InlineData("+ a.txt|- *.txt", "b.txt", "- *.txt")]
    [InlineData("+ a.txt|- *.txt", "b.jpg", "no rule excludes it")]
    [InlineData("+ *.jpg", "a.txt", "no rule includes it")]
    [InlineData("+ x|+ d/", "d/a.txt", "+ d/")]
    [InlineData("- a\\[", "a[", "- a\\[")]
    [InlineData("- d4", "1/2/3/d4", "deeper than the limit")]
    public void Verdict_says_what_decided(string rules, string path, string text)
    {
        EntryFilter filter = Make(new CopyFilter { Rules = Rules(rules), MaxDepth = 3 });
        Assert.Equal(text, filter.Describe(Judge(filter, path)));
    }

    [Theory]
    [InlineData("a", true, "no rule excludes it")]
    [InlineData("a/", true, "no rule excludes it")]
    [InlineData("a/x/y", true, "no rule excludes it")]
    [InlineData("ab", false, "not in the list of files")]
    [InlineData("a.b", false, "not in the list of files")]
    [InlineData("d/", true, "leads to a listed file")]
    [InlineData("d/e/", true, "leads to a listed file")]
    [InlineData("d", false, "not in the list of files")]
    [InlineData("d/e/f", true, "no rule excludes it")]
    [InlineData("d/e/g", false, "not in the list of files")]
    [InlineData("d/f", false, "not in the list of files")]
    [InlineData("z/", false, "not in the list of files")]
    [InlineData("d/e/x.tmp", false, "- *.tmp")]
    [InlineData("a/x.tmp", false, "- *.tmp")]
    public void List_restricts_to_its_paths_and_what_is_in_them(string path, bool isIncluded, string text)
    {
        EntryFilter filter = Make(new CopyFilter { Rules = Rules("- *.tmp"), Files = new CopyFileList(["d/e/f", "a", "d/e/x.tmp", "a"]) });
        FilterVerdict verdict = Judge(filter, path);
        Assert.Equal((isIncluded, text), (verdict.IsIncluded, filter.Describe(verdict)));
    }

    [Fact]
    public void List_with_the_source_itself_restricts_nothing()
    {
        EntryFilter filter = Make(new CopyFilter { Files = new CopyFileList([".", "a"]) });
        Assert.True(Judge(filter, "x/y").IsIncluded);
        Assert.Equal(["a"], filter.Missing);
    }

    [Fact]
    public void Empty_list_leaves_out_everything()
    {
        EntryFilter filter = Make(new CopyFilter { Files = new CopyFileList([]) });
        Assert.False(Judge(filter, "a").IsIncluded);
        Assert.False(Judge(filter, "a/").IsIncluded);
        Assert.Empty(filter.Missing);
    }

    [Fact]
    public void Listed_path_that_was_never_judged_is_missing()
    {
        EntryFilter filter = Make(new CopyFilter { Files = new CopyFileList(["b", "a/x", "a", "c/d/e", "c/d", "b", "f/g"]) });
        // Not f/g: f is a file.
        foreach (string path in (string[])["a/", "a/y", "c/", "c/d/", "f"])
            Judge(filter, path);
        Assert.Equal(["a/x", "b", "c/d/e", "f/g"], filter.Missing);
    }

    [Fact]
    public void Listed_path_in_a_folder_that_is_left_out_is_not_missing()
    {
        EntryFilter filter = Make(new CopyFilter
        {
            Rules = Rules("- out"),
            MaxDepth = 2,
            Files = new CopyFileList(["out/a", "in/out/b", "in/c/d", "in/e", "deep/1/2/3"]),
        });
        foreach (string path in (string[])["out/", "in/", "in/out/", "in/c/", "deep/", "deep/1/"])
            Judge(filter, path);
        Assert.Equal(["in/e"], filter.Missing);
    }

    [Fact]
    public void Depth_ends_below_its_level()
    {
        EntryFilter filter = Make(new CopyFilter { MaxDepth = 2 });
        Assert.True(Judge(filter, "a").IsIncluded);
        Assert.True(Judge(filter, "a/b").IsIncluded);
        Assert.True(Judge(filter, "a/b/").IsIncluded);
        Assert.False(Judge(filter, "a/b/c").IsIncluded);
        Assert.Equal((true, false), (filter.Enters(1), filter.Enters(2)));
        Assert.False(filter.UsesPaths);
    }

    [Theory]
    [InlineData("- a|+ b/|+ **/c", false)]
    [InlineData("- /a", true)]
    [InlineData("- a/b", true)]
    [InlineData("+ a", false)]
    [InlineData("+ a/", true)]
    public void Paths_are_needed_only_where_a_rule_is_about_them(string rules, bool usesPaths) =>
        Assert.Equal(usesPaths, Make(new CopyFilter { Rules = Rules(rules) }).UsesPaths);

    [Fact]
    public void There_is_no_filter_where_there_is_nothing_to_judge()
    {
        Assert.Null(EntryFilter.From(null));
        Assert.Null(EntryFilter.From(new CopyFilter { MinSize = 1 }));
        Assert.Null(StatusFilter.From(null));
        Assert.Null(StatusFilter.From(new CopyFilter { MaxDepth = 1 }));
    }

    [Fact]
    public void Link_is_judged_as_what_it_is_and_not_as_the_folder_it_leads_to()
    {
        EntryFilter filter = Make(new CopyFilter { Rules = Rules("- d/") });
        Assert.True(filter.Judge("d"u8, FileKind.SymbolicLink, 1).IsIncluded);
        Assert.False(filter.Judge("d"u8, FileKind.Folder, 1).IsIncluded);
    }

    [Fact]
    public void Judging_makes_no_object()
    {
        EntryFilter filter = Make(new CopyFilter
        {
            Rules = Rules("+ *.jpg|+ /a/**/b?|- [x-z]*|+ photos/|- *.tmp"),
            MaxDepth = 5,
            Files = new CopyFileList(["a", "b/c", "photos/x.tmp"]),
        });
        EntryFilter onlyIncludes = Make(new CopyFilter { Rules = Rules("+ *.jpg|+ photos/") });
        JudgeSome(filter);
        JudgeSome(onlyIncludes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        JudgeSome(filter);
        JudgeSome(onlyIncludes);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void JudgeSome(EntryFilter filter)
        {
            filter.Describe(filter.Judge("a/x/bb"u8, FileKind.Regular, 3));
            filter.Describe(filter.Judge("a/photos/x.tmp"u8, FileKind.Regular, 3));
            filter.Describe(filter.Judge("photos"u8, FileKind.Folder, 1));
            filter.Describe(filter.Judge("b/d.jpg"u8, FileKind.SymbolicLink, 2));
            filter.Describe(filter.Judge("1/2/3/4/5/6"u8, FileKind.Regular, 6));
        }
    }

    private static EntryFilter Make(CopyFilter filter) => EntryFilter.From(filter)!;

    private static IReadOnlyList<CopyFilterRule> Rules(string rules) => CopyFilter.ParseRules(((FilePath)rules.Replace('|', '\n')).Bytes);

    private static FileKind KindOf(string path) => path.EndsWith('/') ? FileKind.Folder : FileKind.Regular;

    private static FilterVerdict Judge(EntryFilter filter, string path)
    {
        string bare = path.TrimEnd('/');
        return filter.Judge(((FilePath)bare).Bytes, KindOf(path), 1 + bare.Count(static c => c == '/'));
    }
}
