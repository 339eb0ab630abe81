using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>System calls that do less than they were asked, or nothing: the copy is right, or a fault is told; never a hole, never a loop without end.</summary>
public abstract partial class FolderCopierContract
{
    private const int Forever = 1_000_000;
    private const int Interrupted = -4;
    private const int InputOutput = -5;

    /// <summary>One file that the kernel copies in one call, one that fits the buffer, one with a hole in the middle, and what is no file.</summary>
    private const string MakeForFaults = """
        mkdir -p src/folder; head -c 700001 /dev/urandom > src/folder/large; head -c 20000 /dev/urandom > src/small; ln -s small src/link; : > src/empty
        head -c 300000 /dev/urandom > src/holes; truncate -s 900000 src/holes; echo end >> src/holes; chmod 4755 src/small; setfattr -n user.a -v b src/small 2> /dev/null || true
        """;

    [Fact]
    public async Task Copy_is_right_when_the_kernel_stops_copying_in_the_middle()
    {
        using var space = new Workspace();
        space.Bash(MakeForFaults);
        // Nothing more; then what various file systems say when they cannot, and a device that fails the kernel and not the reader.
        foreach (int answer in (int[])[0, -18, -22, -1, InputOutput, -38, -95, -9, -26, -13, -27])
        {
            using var faults = new InstalledFaults(
                new ScriptedFault(SystemCall.CopyRange, 1, null) { MostBytes = 100_000, Repeats = 1 },
                new ScriptedFault(SystemCall.CopyRange, 3, answer) { Repeats = Forever });
            await CopyAndCompareAsync(space, Plain, destination: $"dst{answer}");
        }
    }

    [Fact]
    public async Task Copy_is_right_when_the_kernel_never_copies_or_only_a_little_at_a_time()
    {
        using var space = new Workspace();
        space.Bash(MakeForFaults);
        foreach (int answer in (int[])[0, -18, -22, -38, InputOutput])
        {
            using var faults = new InstalledFaults(new ScriptedFault(SystemCall.CopyRange, 1, answer) { Repeats = Forever });
            await CopyAndCompareAsync(space, Plain, destination: $"never{answer}");
        }

        using (new InstalledFaults(new ScriptedFault(SystemCall.CopyRange, 1, null) { MostBytes = 4099, Repeats = Forever }))
            await CopyAndCompareAsync(space, Plain, destination: "little");
    }

    [Fact]
    public async Task Full_destination_is_told_when_the_kernel_meets_it_in_the_middle()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 700001 /dev/urandom > src/large; echo x > src/small");
        using var faults = new InstalledFaults(
            new ScriptedFault(SystemCall.CopyRange, 1, null) { MostBytes = 100_000 },
            new ScriptedFault(SystemCall.CopyRange, 2, -28));
        CopyResult result = await CopyAsync(space, Plain);
        Assert.Equal(CopyErrorKind.DestinationFull, Assert.Single(result.Errors).Kind);
        Assert.Equal("small\n", space.Bash("ls -A dst"));
        Assert.Equal(2, result.BytesCopied);
    }

    [Fact]
    public async Task Copy_is_right_when_reads_and_writes_are_short()
    {
        using var space = new Workspace();
        space.Bash(MakeForFaults);
        (string Name, CopyOptions Options)[] ways =
        [
            ("memory", Plain with { Reflink = ReflinkUse.Never }),
            ("holes", Plain with { Sparse = SparseHandling.Always }),
            ("filled", Plain with { Sparse = SparseHandling.Never, Verify = true }),
        ];
        foreach ((string name, CopyOptions way) in ways)
        {
            using var faults = new InstalledFaults(
                new ScriptedFault(SystemCall.Read, 1, null) { MostBytes = 1777, Repeats = Forever },
                new ScriptedFault(SystemCall.Write, 1, null) { MostBytes = 1231, Repeats = Forever });
            await CopyAndCompareAsync(space, way, destination: name);
            // Compared in short reads too.
            CopyResult again = await CopyAsync(space, way with { CompareContents = true }, destination: name);
            Assert.Equal((0L, 5L), (again.FilesCopied, again.FilesUnchanged));
        }
    }

    [Fact]
    public async Task Interrupted_call_is_made_again_whichever_it_is()
    {
        using var space = new Workspace();
        space.Bash(MakeForFaults);
        foreach (ReflinkUse reflink in (ReflinkUse[])[ReflinkUse.Auto, ReflinkUse.Never])
        {
            // Of each kind the first calls and a later one.
            using var faults = new InstalledFaults([.. Enum.GetValues<SystemCall>().SelectMany(call => (ScriptedFault[])
                [new ScriptedFault(call, 1, Interrupted) { Repeats = 2 }, new ScriptedFault(call, 6, Interrupted)])]);
            await CopyAndCompareAsync(space, Archive with { Reflink = reflink, Verify = true }, destination: $"{reflink}");
        }
    }

    [Theory]
    // A file system that has neither modes nor owners, or no times; attributes that cannot be read, are gone by now, find no room.
    [InlineData((int)SystemCall.SetMode, -1, true)]
    [InlineData((int)SystemCall.SetOwner, -1, true)]
    [InlineData((int)SystemCall.SetTimes, -1, true)]
    [InlineData((int)SystemCall.ListAttributes, InputOutput, true)]
    [InlineData((int)SystemCall.ListAttributes, -95, false)]
    [InlineData((int)SystemCall.ReadAttribute, InputOutput, true)]
    [InlineData((int)SystemCall.ReadAttribute, -61, false)]
    [InlineData((int)SystemCall.WriteAttribute, -28, true)]
    public async Task Contents_are_complete_and_the_loss_is_told_when_something_beside_them_cannot_be_kept(int call, int answer, bool isTold)
    {
        Needs.Root("only root may give files away");
        using var space = new Workspace();
        NeedsAttributes(space);
        space.Bash(MakeForFaults);
        space.Bash("setfattr -n user.a -v b src/folder/large; chown 1234 src/small src/folder/large; chmod 666 src/small; chmod 4755 src/folder/large");
        using (new InstalledFaults(new ScriptedFault((SystemCall)call, 1, answer) { Repeats = Forever }))
        {
            CopyResult result = await CopyAsync(space, Archive);
            Assert.All(result.Errors, error => Assert.Equal(CopyErrorKind.MetadataNotKept, error.Kind));
            Assert.Equal(isTold, NamesOf(result).Contains("small") && NamesOf(result).Contains("large"));
            Assert.Equal(isTold, result.Errors.Count > 0);
            space.AssertNoTemporary("dst");
            space.AssertSame("src", "dst", CopyPreserve.None);
        }

        // What was lost is made good once it can be, without the contents where their time tells that they are there.
        CopyResult again = await CopyAndCompareAsync(space, Archive);
        Assert.True((SystemCall)call == SystemCall.SetTimes || again.FilesCopied == 0, again.ToString());
    }

    [Theory]
    [InlineData((int)SystemCall.Read, InputOutput, CopyErrorKind.SourceUnreadable)]
    [InlineData((int)SystemCall.Read, 0, CopyErrorKind.SourceChanged)]
    [InlineData((int)SystemCall.Write, InputOutput, CopyErrorKind.DestinationUnwritable)]
    [InlineData((int)SystemCall.Write, 0, CopyErrorKind.DestinationUnwritable)]
    [InlineData((int)SystemCall.Write, -28, CopyErrorKind.DestinationFull)]
    [InlineData((int)SystemCall.Write, -122, CopyErrorKind.DestinationFull)]
    [InlineData((int)SystemCall.Truncate, InputOutput, CopyErrorKind.DestinationUnwritable)]
    [InlineData((int)SystemCall.Seek, InputOutput, CopyErrorKind.SourceUnreadable)]
    [InlineData((int)SystemCall.Close, InputOutput, CopyErrorKind.DestinationUnwritable)]
    [InlineData((int)SystemCall.Rename, InputOutput, CopyErrorKind.DestinationUnwritable)]
    public async Task Fault_in_the_middle_is_told_and_leaves_nothing_of_the_file(int call, int answer, CopyErrorKind kind)
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; head -c 300000 /dev/urandom > src/file; truncate -s 600000 src/file; echo end >> src/file; echo older > dst/file");
        // The second read or write of the file; of other calls every one that a file in progress gives rise to.
        bool isTransfer = (SystemCall)call is SystemCall.Read or SystemCall.Write;
        using (new InstalledFaults(new ScriptedFault((SystemCall)call, isTransfer ? 2 : 1, answer) { Repeats = isTransfer ? 0 : Forever }))
        {
            CopyResult result = await CopyAsync(space, Plain with { Reflink = ReflinkUse.Never });
            Assert.Equal(kind, Assert.Single(result.Errors).Kind);
            Assert.Equal((0L, 0L), (result.FilesCopied, result.BytesCopied));
        }

        Assert.Equal("older\n", space.Bash("cat dst/file; cd dst; for left in .mtcopy-*; do test ! -e $left; done"));
    }
}
