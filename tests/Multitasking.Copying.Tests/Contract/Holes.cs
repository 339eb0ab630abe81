using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Holes: kept, made, or filled.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeHoles = """
        mkdir src; cd src
        python3 - <<'.'
        def lay(name, size, *places):
            with open(name, 'wb') as file:
                for place in places:
                    file.seek(place)
                    file.write(b'x' * 4096)
                file.truncate(size)
        lay('alternating', 1000 * 8192, *range(0, 1000 * 8192, 8192))
        lay('all', 3000000)
        lay('begin', 2000000 + 4096, 2000000)
        lay('end', 2000000, 0)
        lay('small', 200000, 100000)
        with open('zeros', 'wb') as file:
            file.write(b'x' + bytes(1 << 20) + b'x' + bytes(5000))
        .
        """;

    [Fact]
    public async Task Hole_is_where_it_was_and_zeros_stay_zeros_when_holes_are_kept()
    {
        using var space = new Workspace();
        space.Bash(MakeHoles);
        space.Bash("cd src; truncate -s 1T huge; echo x | dd of=huge conv=notrunc bs=1 seek=500G status=none");
        await CopyAndCompareAsync(space, Plain);
        AssertBlocks(space, (name, source, copy) => Assert.InRange(copy, name == "zeros" ? 2048 : 0, source + 16));
    }

    [Fact]
    public async Task Zeros_become_holes_when_they_always_do()
    {
        using var space = new Workspace();
        space.Bash(MakeHoles);
        space.Bash("cd src; truncate -s 1T huge; head -c 1M /dev/zero | dd of=huge conv=notrunc bs=1M seek=500000 status=none");
        await CopyAndCompareAsync(space, Plain with { Sparse = SparseHandling.Always });
        AssertBlocks(space, (name, source, copy) => Assert.InRange(copy, 0, name is "zeros" or "huge" ? 64 : source + 16));
    }

    [Fact]
    public async Task Copy_has_no_holes_when_it_never_does()
    {
        using var space = new Workspace();
        space.Bash(MakeHoles);
        await CopyAndCompareAsync(space, Plain with { Sparse = SparseHandling.Never });
        Listing listing = Listing.Of(space["dst"]);
        foreach (string name in listing.Names.Where(name => listing[name].Type == '-'))
            Assert.True(listing[name].Blocks * 512 >= listing[name].Size, $"{name}: {listing[name].Blocks} blocks");
    }

    private static void AssertBlocks(Workspace space, Action<string, long, long> assert)
    {
        Listing source = Listing.Of(space["src"]), copy = Listing.Of(space["dst"]);
        foreach (string name in source.Names.Where(name => source[name].Type == '-'))
            assert(name, source[name].Blocks, copy[name].Blocks);
    }
}
