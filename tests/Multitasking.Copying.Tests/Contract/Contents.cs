using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Contents, in every way of writing them.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task File_whose_size_says_nothing_is_copied_to_its_end()
    {
        using var space = new Workspace();
        // Of size 0 and much longer, of size 0 and short; and in /sys of a size that is none.
        space.Bash("mkdir expected dst; cp /proc/kallsyms expected/kallsyms; cp /proc/filesystems expected/filesystems; cp /sys/kernel/mm/transparent_hugepage/enabled expected/enabled || touch expected/none");
        Needs.Machine(!File.Exists(space["expected/none"]), "/sys");
        Assert.Equal("0 4096\n", space.Bash("stat -c %s /proc/kallsyms /sys/kernel/mm/transparent_hugepage/enabled | paste -sd ' '"));
        CopyResult result = await CopyAsync(["/proc/kallsyms", "/proc/filesystems", "/sys/kernel/mm/transparent_hugepage/enabled"], space["dst"]);
        Assert.Empty(result.Errors);
        space.AssertSame("expected", "dst", CopyPreserve.None);
        Assert.Equal(long.Parse(space.Bash("cat expected/* | wc -c")), result.BytesCopied);
    }

    [Fact]
    public async Task File_that_replaces_another_has_exactly_its_own_contents_in_every_way_of_writing()
    {
        const int Small = 256 * 1024;
        using var space = new Workspace();
        int[] sizes = [0, 1, Small - 1, Small, 700_001];
        space.Bash($"mkdir src before; (echo n; head -c 800000 /dev/urandom) > noise; (echo o; head -c 800000 /dev/urandom) > old");
        // Each size in the place of each other.
        space.Bash(string.Join('\n', sizes.SelectMany(from => sizes.Select(to => $"head -c {to} noise > src/{from}-{to}; head -c {from} old > before/{from}-{to}"))));
        space.Bash("touch -d @1000000000 before/*");
        CopyOptions[] ways =
        [
            Plain,
            Plain with { Writing = CopyWriting.Atomic },
            Plain with { Writing = CopyWriting.InPlace },
            Plain with { Verify = true },
            Plain with { Sparse = SparseHandling.Always },
            Plain with { Sparse = SparseHandling.Never, Writing = CopyWriting.InPlace },
            Plain with { Reflink = ReflinkUse.Never },
            Plain with { CompareContents = true },
            Archive,
        ];
        foreach (CopyOptions way in ways)
        {
            space.Bash("rm -rf dst; cp -a before dst");
            CopyResult result = await CopyAndCompareAsync(space, way);
            // Two empty files: only the time differs.
            Assert.Equal(sizes.Length * sizes.Length - (way.CompareContents ? 1 : 0), result.FilesCopied);
        }
    }

    [Fact]
    public async Task Unwritten_extent_reads_back_as_zeros_and_does_not_lengthen_the_file()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir src; cd src; fallocate -l 1M whole; echo x > behind; fallocate -n -l 1M behind
            fallocate -l 600000 mixed; echo y | dd of=mixed conv=notrunc bs=1 seek=300000 status=none
            """);
        foreach (SparseHandling sparse in Enum.GetValues<SparseHandling>())
            await CopyAndCompareAsync(space, Plain with { Sparse = sparse }, destination: $"{sparse}");
    }
}
