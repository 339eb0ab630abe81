using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Tests.Planning;

/// <summary>Options that contradict each other.</summary>
public sealed class OptionRuleTests
{
    public static TheoryData<CopyOptions> Contradictions { get; } = new()
    {
        new CopyOptions { Mirror = true, Move = true },
        new CopyOptions { Move = true, SymbolicLinks = SymbolicLinkHandling.Follow },
        new CopyOptions { Move = true, SymbolicLinks = SymbolicLinkHandling.FollowNamed },
        new CopyOptions { Reflink = ReflinkUse.Always, Sparse = SparseHandling.Always },
        new CopyOptions { StallTimeout = TimeSpan.FromSeconds(1) },
        new CopyOptions { MaxDeletions = 1 },
        new CopyOptions { Writing = CopyWriting.InPlace, BackupFolder = "x" },
        new CopyOptions { Writing = CopyWriting.InPlace, Verify = true },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void Contradiction_is_refused_with_a_way_out(CopyOptions options) =>
        Assert.Contains(':', Assert.Throws<ArgumentException>(() => OptionRules.Check(options)).Message);

    [Fact]
    public void Defaults_are_no_contradiction() => OptionRules.Check(new CopyOptions());
}
