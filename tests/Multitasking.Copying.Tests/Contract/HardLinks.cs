using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Files with several names.</summary>
public abstract partial class FolderCopierContract
{
    /// <summary>Groups of five in three folders, of two in one, one of which names lie outside, and of what is no file.</summary>
    private const string MakeLinked = """
        mkdir -p src/a/deep src/b src/c; head -c 300000 /dev/urandom > src/a/large; for name in a/large2 b/large c/large a/deep/large; do ln src/a/large src/$name; done
        echo pair > src/b/pair; ln src/b/pair src/b/pair2; echo outside > outside; ln outside src/c/outside; ln outside src/outside; echo alone > alone; ln alone src/alone
        ln -s pair src/b/link; ln -P src/b/link src/c/link; : > src/empty; ln src/empty src/a/empty; mkfifo src/fifo; ln src/fifo src/c/fifo; touch -h -d @1000000000 src/*/* src/*
        for i in $(seq 8); do echo $i > src/a/many$i; for j in 1 2 3; do ln src/a/many$i src/c/many$i-$j; done; done
        """;

    [Fact]
    public async Task Names_of_one_file_stay_names_of_one_file_across_folders()
    {
        using var space = new Workspace();
        space.Bash(MakeLinked);
        string device = "";
        if (Needs.IsRoot)
            device = space.Bash("mknod src/device c 1 3; ln src/device src/b/device; echo device");
        CopyResult result = await CopyAndCompareAsync(space, Archive);
        int specials = device.Length > 0 ? 2 : 1;
        // One copy for each file, and a link for each further name.
        Assert.Equal((13L, 1L, specials), (result.FilesCopied, result.LinksCopied, result.SpecialsCreated));
        Assert.Equal(4 + 1 + 1 + 1 + 1 + 24 + specials, result.HardLinksMade);
        Assert.Equal(long.Parse(space.Bash("find src -type f -printf '%i %s\\n' | sort -u | cut -d ' ' -f 2 | paste -sd+ | bc")), result.BytesCopied);
        // The copy has no name that the source has outside.
        Assert.Equal("2 1\n", space.Bash("stat -c %h dst/outside dst/alone | paste -sd ' '"));
        await AssertNothingLeftAsync(space, Archive);
    }

    [Fact]
    public async Task Names_that_fell_apart_in_the_destination_come_together_again()
    {
        using var space = new Workspace();
        space.Bash(MakeLinked);
        await CopyAndCompareAsync(space, Archive);
        // A copy of its own, with the same size and time; a name that is gone; a name of another file; contents that are not the source's under all names.
        space.Bash("cp -a dst/b/pair dst/p; mv dst/p dst/b/pair; rm dst/c/large; ln -f dst/alone dst/a/empty; echo wrong > dst/outside");
        const string InodesOfKeptNames = "stat -c %i dst/a/large dst/empty | paste -sd ' '";
        string[] before = space.Bash(InodesOfKeptNames).Split(' ');
        CopyResult result = await CopyAndCompareAsync(space, Archive);
        // The first name that is met is the file, and the others become names of it. Where it is the one that is not there, or another
        // file's, it is copied and the others follow.
        string[] after = space.Bash(InodesOfKeptNames).Split(' ');
        bool isLargeAnew = after[0] != before[0], isEmptyAnew = after[1] != before[1];
        Assert.Equal((isLargeAnew ? 4 : 1) + 1 + 1 + 1, result.HardLinksMade);
        Assert.Equal(1 + (isLargeAnew ? 1 : 0) + (isEmptyAnew ? 1 : 0), result.FilesCopied);
        await AssertNothingLeftAsync(space, Archive);
        // A name of another file takes the place of one, and a new name comes to an old file.
        space.Bash("ln -f src/a/large src/outside; ln src/b/pair src/c/pair; touch -d @1500000000 src/b src");
        await CopyAndCompareAsync(space, Archive);
        await AssertNothingLeftAsync(space, Archive);
    }

    [Theory]
    // Too many names for the file system; none at all there.
    [InlineData(-31, 1)]
    [InlineData(-31, 4)]
    [InlineData(-1, 1)]
    [InlineData(-95, 1)]
    public async Task File_is_copied_once_more_where_it_can_have_no_further_name(int answer, int first)
    {
        using var space = new Workspace();
        space.Bash(MakeLinked);
        using var faults = new InstalledFaults(new ScriptedFault(SystemCall.Link, first, answer) { Repeats = answer == -31 ? 2 : Forever });
        CopyResult result = await CopyAsync(space, Archive);
        Assert.Empty(result.Errors);
        space.AssertNoTemporary("dst");
        space.AssertSame("src", "dst", CopyPreserve.All & ~CopyPreserve.HardLinks);
        Assert.Equal(answer == -31, result.HardLinksMade > 0);
    }

    [Fact]
    public async Task Names_are_files_of_their_own_when_nobody_asks_for_hard_links()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/a; ln src/a src/b; echo y > y; ln y src/y");
        CopyResult result = await CopyAndCompareAsync(space, Plain);
        Assert.Equal((3L, 0L), (result.FilesCopied, result.HardLinksMade));
        Assert.Equal("1 1 1\n", space.Bash("stat -c %h dst/* | paste -sd ' '"));
    }
}
