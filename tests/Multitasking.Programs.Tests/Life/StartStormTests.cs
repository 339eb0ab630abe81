using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A program that starts itself without end is stopped while it is small, and told why.</summary>
public sealed class StartStormTests : ProgramTest
{
    private const int Most = 48;

    [Theory]
    [InlineData("pool-in-target's-class", "PoolInClass")]
    [InlineData("child-in-target's-class", "ChildInClass")]
    [InlineData("started-child-in-target's-class", "StartInClass")]
    [InlineData("object-in-target's-class", "ObjectInClass")]
    [InlineData("struct", "StormyStruct")]
    [InlineData("nested-class", "NestedStorm.Inner")]
    [InlineData("generic-class", "GenericStorm`1")]
    [InlineData("argument's-class", "ArgumentStorm")]
    [InlineData("captured-object's-class", "CapturedStorm")]
    [InlineData("shared-object's-class", "ObjectStorm")]
    public async Task Static_constructor_that_starts_processes_is_refused_in_a_child_by_its_name(string storm, string type)
    {
        string outcome = await WatchAsync(storm, "");
        Assert.Contains($"The static initializer of Multitasking.TestWorker.Targets.{type}", outcome, StringComparison.Ordinal);
        Assert.Contains("Lazy<T>", outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("child")]
    [InlineData("pool")]
    public async Task Module_initializer_that_starts_processes_is_refused_in_a_child_by_its_name(string kind) =>
        Assert.Contains(
            "The module initializer Multitasking.TestWorker.Targets.StormyModule.Start of Multitasking.TestWorker runs in a child process",
            await WatchAsync("module", kind),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("other-thread")]
    [InlineData("target")]
    public async Task Processes_that_start_processes_without_end_are_refused_by_their_number(string storm) =>
        Assert.Matches("32 processes already that its main process did not start itself|is 10 processes deep", await WatchAsync(storm, ""));

    /// <summary>Counts from outside how many processes live, and ends the program if it does not stop.</summary>
    /// <returns>The line that it ends with.</returns>
    private static async Task<string> WatchAsync(string storm, string module)
    {
        // It stays in the environment of all that the program starts.
        await using var program = OtherParent.StartWith("MULTITASKING_TEST_MODULE_INITIALIZER", module, "storm", storm);
        int most = 0;
        var all = new HashSet<ProcessIdentity>();
        await Until.TrueAsync(
            () =>
            {
                Collect(program.Identity, all);
                all.RemoveWhere(static process => !process.IsAlive);
                most = Math.Max(most, all.Count);
                return most > Most || !program.Identity.IsAlive;
            },
            TimeSpan.FromMinutes(2));
        Assert.InRange(most, 0, Most);
        return (await program.OutputAsync())[^1];
    }

    private static void Collect(ProcessIdentity process, HashSet<ProcessIdentity> all)
    {
        if (!process.IsAlive)
            return;
        all.Add(process);
        foreach (int child in ChildrenOf(process.Id))
            if (ProcessIdentity.Find(child) is { } known)
                Collect(known, all);
    }

    private static IEnumerable<int> ChildrenOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task").SelectMany(NoChildLeft.ReadChildren)];
        }
        catch (IOException)
        {
            // It has ended.
            return [];
        }
    }
}
