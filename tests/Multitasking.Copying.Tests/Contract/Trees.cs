using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What is in a tree: folders, files of all sizes, links.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Copy_is_the_same_tree_when_it_has_a_bit_of_everything()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/a/b/c src/empty src/a/'more than one word'
            for i in $(seq 300); do echo $i > src/a/b/$i; done
            : > src/nothing; head -c 300000 /dev/urandom > src/a/noise; ln -s ../noise src/a/b/link; ln src/a/noise src/hard
            touch -d '1999-12-31 23:59:59.123456789' src/a/b/7 src/a
            """);
        CopyResult result = await CopyAndCompareAsync(space);
        Assert.Equal((303L, 0L, 6L, 1L), (result.FilesCopied, result.FilesUnchanged, result.FoldersCreated, result.LinksCopied));
        Assert.Equal(long.Parse(space.Bash("find src -type f -printf '%s\\n' | paste -sd+ | bc")), result.BytesCopied);
    }

    [Fact]
    public async Task Copy_is_an_empty_folder_when_the_source_is_one()
    {
        using var space = new Workspace();
        space.Bash("mkdir -m 750 src; touch -d '2001-02-03 04:05:06.7' src");
        CopyResult result = await CopyAndCompareAsync(space);
        Assert.Equal((0L, 1L), (result.FilesCopied, result.FoldersCreated));
    }

    [Fact]
    public async Task Copy_has_the_same_bytes_when_a_size_is_at_a_boundary()
    {
        using var space = new Workspace();
        const int Small = 256 * 1024;
        const int Piece = 16 * 1024 * 1024;
        space.Bash($"mkdir src; head -c {Piece + 1} /dev/urandom > noise");
        foreach (int size in (int[])[0, 1, 4095, 4096, 4097, Small - 2, Small - 1, Small, Small + 1, Piece - 1, Piece, Piece + 1])
            space.Bash($"head -c {size} noise > src/{size}");
        await CopyAndCompareAsync(space);
    }

    [Fact]
    public async Task File_has_the_same_bytes_when_it_goes_to_another_file_system()
    {
        using var space = new Workspace();
        Needs.Machine(Directory.Exists("/dev/shm") && space.Bash("stat -c %d /dev/shm . | uniq | wc -l") == "2\n", "/dev/shm to be another file system than the temporary folder");
        string other = $"/dev/shm/{Path.GetFileName(space.Folder)}";
        space.Bash($"mkdir src; head -c 20000000 /dev/urandom > src/noise; echo x > src/small; truncate -s 3M src/holes; echo end >> src/holes; mkdir {other}; ln -s {other} there");
        try
        {
            Assert.Empty((await CopyAsync(space, "src", "there/dst")).Errors);
            space.AssertSame("src", "there/dst");
        }
        finally
        {
            space.Bash($"rm -r {other}");
        }
    }

    [Fact]
    public async Task Copy_has_the_same_holes_when_a_file_is_larger_than_4_GiB_and_sparse()
    {
        using var space = new Workspace();
        // diff would read all the zeros; the few places with data are looked at instead.
        space.Bash("""
            mkdir src; truncate -s 5G src/film
            printf begin | dd of=src/film conv=notrunc status=none
            printf middle | dd of=src/film conv=notrunc status=none bs=1 seek=4294967290
            printf end | dd of=src/film conv=notrunc status=none bs=1 seek=5368709117
            truncate -s 4300000000 src/hole
            """);
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.Empty(result.Errors);
        Assert.Equal("4300000000\n5368709120\n", space.Bash("stat -c %s dst/hole dst/film"));
        Assert.True(int.Parse(space.Bash("du -m dst | cut -f 1")) < 10, "the holes were filled");
        Assert.Equal("begin,middle,end", space.Bash("""
            head -c 5 dst/film; printf ,
            dd if=dst/film status=none bs=1 skip=4294967290 count=6; printf ,; tail -c 3 dst/film
            """));
        Assert.True(result.BytesCopied < 1_000_000, $"{result.BytesCopied} bytes of holes were copied");
    }

    [Fact]
    public async Task Hole_stays_one_when_it_is_at_the_begin_in_the_middle_or_at_the_end()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir src; cd src; truncate -s 2M begin middle end
            echo x >> begin
            echo x | dd of=middle conv=notrunc status=none; echo x >> middle
            echo x | dd of=end conv=notrunc status=none
            """);
        await CopyAndCompareAsync(space);
        Assert.True(int.Parse(space.Bash("du -k dst | cut -f 1")) < 100, space.Bash("du -ak dst"));
    }

    [Fact]
    public async Task Link_is_copied_as_a_link_wherever_it_leads()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/folder; echo x > src/folder/file; cd src
            ln -s nowhere dangling; ln -s folder to-folder; ln -s /etc absolute; ln -s loop loop; ln -s . self; ln -s .. up; ln -s folder/file to-file
            ln -s $'not\xff utf8\n' bytes; ln -s "$(printf '%04000d' 0)" long; touch -h -d '1980-01-01 00:00:00.000000001' dangling to-folder
            """);
        CopyResult result = await CopyAndCompareAsync(space);
        Assert.Equal((1L, 9L, 2L), (result.FilesCopied, result.LinksCopied, result.FoldersCreated));
    }

    [Fact]
    public async Task Copy_is_complete_when_20000_files_lie_in_one_folder()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir src; cd src; seq 20000 | split -l 1 -a 4 - file-");
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.Empty(result.Errors);
        Assert.Equal(20_000, result.FilesCopied);
        space.Bash("diff <(cd src; cat *) <(cd dst; cat *); diff <(ls src) <(ls dst)");
    }

    [Fact]
    public async Task Copy_is_complete_when_the_tree_is_10000_folders_deep()
    {
        using var space = new Workspace(inMemory: true);
        const int Depth = 10_000;
        DeepTree.Make(space["src"], Depth);
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.Empty(result.Errors);
        Assert.Equal((Depth + 1L, (Depth / 100) + 1L), (result.FoldersCreated, result.FilesCopied));
        Assert.Equal(Depth, DeepTree.Measure(space["dst"]));
    }
}
