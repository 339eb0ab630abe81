using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What was written is read back, and shared blocks.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Verification_passes_good_copies_and_leaves_their_metadata_right()
    {
        using var space = new Workspace();
        space.Bash(MakeForFaults);
        await CopyAndCompareAsync(space, Archive with { Verify = true });
        await AssertNothingLeftAsync(space, Archive with { Verify = true });
        await CopyAndCompareAsync(space, Plain with { Verify = true, Writing = CopyWriting.Atomic, Update = CopyUpdate.All });
    }

    [Theory]
    // A device that says it wrote, and did not; one that wrote something else than it was to; blocks that were shared in name only.
    [InlineData((int)SystemCall.Write, "small", 5000)]
    [InlineData((int)SystemCall.Write, "large", 5000)]
    [InlineData((int)SystemCall.Read, "small", 20000)]
    [InlineData((int)SystemCall.CopyRange, "large", 200_000)]
    [InlineData((int)SystemCall.Reflink, "large", 0)]
    public async Task Verification_finds_a_copy_that_differs_and_does_not_give_it_a_name(int call, string file, int lie)
    {
        using var space = new Workspace();
        space.Bash("mkdir all src dst; head -c 20000 /dev/urandom > all/small; head -c 700001 /dev/urandom > all/large; echo older > dst/small");
        space.Bash($"mv all/{file} src");
        CopyOptions options = Plain with { Verify = true, Reflink = (SystemCall)call is SystemCall.CopyRange or SystemCall.Reflink ? ReflinkUse.Auto : ReflinkUse.Never };
        using (new InstalledFaults(new ScriptedFault((SystemCall)call, 1, lie)))
        {
            CopyResult result = await CopyAsync(space, options);
            Assert.Equal((CopyErrorKind.VerificationFailed, (FilePath)space[$"src/{file}"]), (Assert.Single(result.Errors).Kind, result.Errors[0].Path));
            Assert.Equal((0L, 0L), (result.FilesCopied, result.BytesCopied));
        }

        Assert.Equal("small\nolder\n", space.Bash("ls -A dst; cat dst/small"));
        // And it can be made good.
        Assert.Equal(1, (await CopyAsync(space, options)).FilesCopied);
        space.Bash($"cmp src/{file} dst/{file}");
    }

    [Fact]
    public async Task Contents_that_changed_behind_the_same_size_and_time_are_found_when_they_are_compared()
    {
        using var space = new Workspace();
        space.Bash(MakeForFaults);
        await CopyAndCompareAsync(space, Plain);
        space.Bash("for name in small folder/large holes; do printf X | dd of=dst/$name conv=notrunc bs=1 seek=777 status=none; touch -r src/$name dst/$name; done; chmod 4755 dst/small");
        Assert.Equal(0, (await CopyAsync(space, Plain)).FilesCopied);
        CopyResult result = await CopyAndCompareAsync(space, Plain with { CompareContents = true });
        Assert.Equal((3L, 2L), (result.FilesCopied, result.FilesUnchanged));
        // Another time alone is no reason to write contents, and is set right.
        space.Bash("touch dst/small dst/holes");
        result = await CopyAndCompareAsync(space, Plain with { CompareContents = true });
        Assert.Equal(0, result.FilesCopied);
    }

    [Fact]
    public async Task Blocks_that_cannot_be_shared_are_an_error_only_where_they_must_be()
    {
        using var space = new Workspace();
        space.Bash(MakeForFaults);
        using var mount = Mount.Small(space, "size=8m", "memory");
        // Neither between devices, nor on a file system without.
        await CopyAndCompareAsync(space, Plain with { Reflink = ReflinkUse.Auto }, destination: "memory/auto");
        await CopyAndCompareAsync(space, Plain with { Reflink = ReflinkUse.Auto }, "memory/auto", "memory/again");
        await CopyAndCompareAsync(space, Plain with { Reflink = ReflinkUse.Never }, destination: "memory/never");
        foreach ((string source, string destination) in ((string, string)[])[("src", "memory/always"), ("memory/auto", "memory/always2")])
        {
            CopyResult result = await CopyAsync(space, Plain with { Reflink = ReflinkUse.Always }, source, destination);
            Assert.Equal(["holes", "large", "small"], NamesOf(result));
            Assert.All(result.Errors, error => Assert.Equal(CopyErrorKind.ReflinkUnsupported, error.Kind));
            Assert.Equal("empty\nfolder\nlink\n", space.Bash($"ls -A {destination}; ls -A {destination}/folder"));
        }
    }

    [Theory]
    [InlineData(128, "btrfs")]
    [InlineData(320, "xfs")]
    public async Task Blocks_are_shared_where_the_file_system_can(int megabytes, string fileSystem)
    {
        Needs.Program("filefrag", "e2fsprogs");
        using var space = new Workspace();
        using var mount = Mount.Image(space, megabytes, fileSystem, "-q", "disk");
        space.Bash("mkdir disk/src; head -c 1000001 /dev/urandom > disk/src/large; head -c 20000 /dev/urandom > disk/src/small; head -c 300000 /dev/urandom > disk/src/holes; truncate -s 2M disk/src/holes; sync -f disk");
        // A value as large as the file system takes.
        space.Bash($"python3 -c 'import os; os.setxattr(\"disk/src/small\", \"user.big\", b\"v\" * {(megabytes > 200 ? 65536 : 8000)})'");
        await CopyAndCompareAsync(space, Archive, "disk/src", "disk/auto");
        await CopyAndCompareAsync(space, Archive with { Reflink = ReflinkUse.Always }, "disk/src", "disk/always");
        await CopyAndCompareAsync(space, Archive with { Reflink = ReflinkUse.Never }, "disk/src", "disk/never");
        space.Bash("sync -f disk");
        foreach (string shared in (string[])["auto/large", "auto/holes", "always/large", "always/small", "always/holes"])
            Assert.Contains("shared", space.Bash($"filefrag -v disk/{shared}"), StringComparison.Ordinal);
        foreach (string own in (string[])["never/large", "never/small", "never/holes"])
            Assert.DoesNotContain("shared", space.Bash($"filefrag -v disk/{own}"), StringComparison.Ordinal);
    }
}
