using Mtcopy.CommandLine;
using Multitasking.Copying;

namespace Mtcopy.Tests.CommandLine;

public sealed class CopyOptionsReaderTests
{
    private static readonly Dictionary<string, CopyOptions> s_table = new()
    {
        [""] = new(),
        ["-a"] = new() { Preserve = CopyPreserve.All },
        ["--archive --archive"] = new() { Preserve = CopyPreserve.All },
        ["-p owner"] = new() { Preserve = CopyPreserve.Default | CopyPreserve.Owner },
        ["-p=xattr,acl"] = new() { Preserve = CopyPreserve.Default | CopyPreserve.ExtendedAttributes | CopyPreserve.AccessControl },
        ["-plinks,specials"] = new() { Preserve = CopyPreserve.Default | CopyPreserve.HardLinks | CopyPreserve.Specials },
        ["--preserve=all"] = new() { Preserve = CopyPreserve.All },
        ["--preserve none"] = new() { Preserve = CopyPreserve.None },
        ["--preserve=none,owner,mode"] = new() { Preserve = CopyPreserve.Owner | CopyPreserve.Mode },
        ["-a --no-preserve=owner,xattr"] = new() { Preserve = CopyPreserve.All & ~(CopyPreserve.Owner | CopyPreserve.ExtendedAttributes) },
        ["--no-preserve=times"] = new() { Preserve = CopyPreserve.Mode },
        ["--no-preserve=all"] = new() { Preserve = CopyPreserve.None },
        ["-P"] = new() { SymbolicLinks = SymbolicLinkHandling.Keep },
        ["-L"] = new() { SymbolicLinks = SymbolicLinkHandling.Follow },
        ["--dereference"] = new() { SymbolicLinks = SymbolicLinkHandling.Follow },
        ["-H"] = new() { SymbolicLinks = SymbolicLinkHandling.FollowNamed },
        ["-x"] = new() { OneFileSystem = true },
        ["--sparse=always"] = new() { Sparse = SparseHandling.Always },
        ["--sparse never"] = new() { Sparse = SparseHandling.Never },
        ["--sparse=auto --reflink=auto"] = new(),
        ["--reflink=always"] = new() { Reflink = ReflinkUse.Always },
        ["--reflink=never"] = new() { Reflink = ReflinkUse.Never },
        ["--update=differ"] = new(),
        ["--update=newer"] = new() { Update = CopyUpdate.Newer },
        ["--update=all"] = new() { Update = CopyUpdate.All },
        ["--update none"] = new() { Update = CopyUpdate.None },
        ["-c"] = new() { CompareContents = true },
        ["--atomic"] = new() { Writing = CopyWriting.Atomic },
        ["--inplace"] = new() { Writing = CopyWriting.InPlace },
        ["--mirror --max-delete 0"] = new() { Mirror = true, MaxDeletions = 0 },
        ["--mirror --allow-empty-source"] = new() { Mirror = true, AllowEmptySource = true },
        ["--backup-dir=old"] = new() { BackupFolder = "old" },
        ["--move"] = new() { Move = true },
        ["-n"] = new() { DryRun = true },
        ["--dry-run"] = new() { DryRun = true },
        ["--dry-run=explain"] = new() { DryRun = true },
        ["--verify"] = new() { Verify = true },
        ["--timeout 1m30s --isolation processes"] = new() { StallTimeout = TimeSpan.FromSeconds(90), Isolation = WorkerIsolation.Processes },
        ["-j auto"] = new(),
        ["-j1024"] = new() { Workers = 1024 },
        ["--bwlimit 1.5M"] = new() { BytesPerSecond = 1536 * 1024 },
        ["--bwlimit 0"] = new(),
        ["-avcxj3"] = new() { Preserve = CopyPreserve.All, CompareContents = true, OneFileSystem = true, Workers = 3 },
    };

    public static TheoryData<string> Arguments => [.. s_table.Keys];

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Arguments_become_options(string arguments)
    {
        string[] all = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "a", "b"];
        var copy = Assert.IsType<CopyRequest>(RequestParser.Parse(all));
        Assert.Equal(s_table[arguments], copy.Options);
    }
}
