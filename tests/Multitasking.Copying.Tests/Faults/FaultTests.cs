using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests.Faults;

/// <summary>
/// Every system call of a small copy fails once, in each way: the entry is right or reported, nothing else suffers, nothing is lost, and the next run completes it.
/// </summary>
[Collection("faults: the script is the whole process' own")]
public sealed class FaultTests : IDisposable
{
    private static readonly SystemCall[] s_transfers = [SystemCall.Read, SystemCall.Write, SystemCall.CopyRange];

    public enum Variant
    {
        New,
        Existing,
        Everything,
        EverythingExisting,
        InPlaceNew,
        Verified,
    }

    [Theory]
    [InlineData(Variant.New)]
    [InlineData(Variant.Existing)]
    [InlineData(Variant.Everything)]
    [InlineData(Variant.EverythingExisting)]
    [InlineData(Variant.InPlaceNew)]
    [InlineData(Variant.Verified)]
    public async Task Entry_is_right_or_reported_when_any_call_fails(Variant variant)
    {
        using var space = new Workspace(inMemory: true);
        var tree = new FaultTree(space, variant is Variant.Existing or Variant.EverythingExisting);
        CopyOptions options = OptionsOf(variant);
        foreach (SystemCall call in Enum.GetValues<SystemCall>())
        {
            int calls = await CountAsync(tree, options, call);
            for (int n = 1; n <= calls; n++)
                foreach (int error in ErrorsOf(call))
                    await CopyTwiceAsync(tree, options, new ScriptedFault(call, n, -error), mostErrors: 1);
        }
    }

    [Theory]
    [InlineData(Variant.New)]
    [InlineData(Variant.Existing)]
    [InlineData(Variant.Everything)]
    [InlineData(Variant.Verified)]
    public async Task File_is_right_or_reported_when_a_transfer_is_short_or_nothing(Variant variant)
    {
        using var space = new Workspace(inMemory: true);
        var tree = new FaultTree(space, variant == Variant.Existing);
        CopyOptions options = OptionsOf(variant);
        foreach (SystemCall call in s_transfers)
        {
            int calls = await CountAsync(tree, options, call);
            for (int n = 1; n <= calls; n++)
            {
                IReadOnlyList<string> errors = await CopyTwiceAsync(tree, options, new ScriptedFault(call, n, null) { MostBytes = 1 }, mostErrors: 0);
                Assert.Empty(errors);
                await CopyTwiceAsync(tree, options, new ScriptedFault(call, n, 0), mostErrors: 1);
            }

            // Interrupted, and short, for a long time.
            Assert.Empty(await CopyTwiceAsync(tree, options, new ScriptedFault(call, 1, -Errno.Interrupted) { Repeats = 50 }, mostErrors: 0));
            Assert.Empty(await CopyTwiceAsync(tree, options, new ScriptedFault(call, 1, null) { MostBytes = 100, Repeats = 100_000 }, mostErrors: 0));
        }
    }

    [Theory]
    [InlineData(Variant.New)]
    [InlineData(Variant.Existing)]
    [InlineData(Variant.Everything)]
    public async Task Source_that_vanishes_before_any_call_is_whole_or_reported(Variant variant)
    {
        using var space = new Workspace(inMemory: true);
        var tree = new FaultTree(space, variant == Variant.Existing);
        CopyOptions options = OptionsOf(variant);
        foreach (SystemCall call in Enum.GetValues<SystemCall>())
        {
            int calls = await CountAsync(tree, options, call);
            foreach (string file in (string[])["small", "large"])
                for (int n = 1; n <= calls; n++)
                {
                    tree.Reset();
                    IReadOnlyList<CopyError> errors = await CopyAsync(tree, options, new ScriptedFault(call, n, null) { Vanishing = tree.Source(file) });
                    string when = $"{file} vanishes before {call} {n}";
                    Assert.All(errors, error => Assert.True(error.Path == (FilePath)tree.Source(file) && error.Kind == CopyErrorKind.SourceMissing, $"{when}: {error.Kind} {error}"));
                    // What vanished before its folder was read was never seen.
                    tree.AssertRightOrReported([tree.Source(file), tree.Folder], when);
                    tree.Restore(file);
                }
        }
    }

    [Fact]
    public async Task Existing_file_that_vanishes_before_any_call_is_replaced_or_its_entry_reported()
    {
        using var space = new Workspace(inMemory: true);
        var tree = new FaultTree(space, hasExisting: true);
        foreach (SystemCall call in Enum.GetValues<SystemCall>())
        {
            int calls = await CountAsync(tree, OptionsOf(Variant.Existing), call);
            for (int n = 1; n <= calls; n++)
            {
                tree.Reset();
                IReadOnlyList<CopyError> errors = await CopyAsync(tree, OptionsOf(Variant.Existing), new ScriptedFault(call, n, null) { Vanishing = tree.Target("large") });
                Assert.True(errors.Count == 0, $"{call} {n}: {string.Join("; ", errors)}");
                Assert.Empty((await RunAsync(tree, OptionsOf(Variant.Existing))).Errors);
                tree.AssertRightOrReported([], $"'large' vanished in the destination before {call} {n}");
            }
        }
    }

    [Theory]
    [InlineData(-Errno.CrossDevice)]
    [InlineData(-Errno.Invalid)]
    [InlineData(-Errno.NotPermitted)]
    [InlineData(-Errno.NotSupported)]
    [InlineData(-Errno.NotImplemented)]
    [InlineData(-Errno.InputOutput)]
    [InlineData(0)]
    public async Task File_is_right_when_the_kernel_does_not_copy_by_itself_from_any_call_on(int answer)
    {
        using var space = new Workspace(inMemory: true);
        var tree = new FaultTree(space, hasExisting: false);
        for (int n = 1; n <= 3; n++)
        {
            // Short pieces before, so that there is a middle to fail in.
            tree.Reset();
            FaultScript.Install(new FaultScript([
                new ScriptedFault(SystemCall.CopyRange, n, answer) { Repeats = 100_000 },
                new ScriptedFault(SystemCall.CopyRange, 1, null) { MostBytes = 100_000, Repeats = n }]));
            Assert.Empty((await RunAsync(tree, OptionsOf(Variant.New))).Errors);
            tree.AssertRightOrReported([], $"copy_file_range answers {answer} at {n}");
        }
    }

    [Theory]
    [InlineData("Open")]
    [InlineData("Status")]
    [InlineData("Read")]
    [InlineData("Write")]
    [InlineData("CopyRange")]
    [InlineData("Close")]
    [InlineData("Rename")]
    [InlineData("SetTimes")]
    [InlineData("MakeLink")]
    public async Task Entry_is_right_or_reported_when_a_call_of_a_worker_process_fails(string kind)
    {
        using var space = new Workspace(inMemory: true);
        var call = Enum.Parse<SystemCall>(kind);
        var tree = new FaultTree(space, hasExisting: true);
        CopyOptions options = OptionsOf(Variant.Existing) with { Isolation = WorkerIsolation.Processes };
        // The script is in force in the process that walks too, which meets it at a call of its own; and a process that cannot open the folders it was given can copy nothing.
        for (int n = 1; n <= 8; n += call is SystemCall.Open or SystemCall.Status ? 1 : 3)
            await CopyTwiceAsync(tree, options, new ScriptedFault(call, n, -(n % 2 == 0 ? Errno.NoSpace : Errno.InputOutput)), mostErrors: call is SystemCall.Open or SystemCall.Status ? 7 : 2);
    }

    [Fact]
    public async Task Every_entry_is_reported_when_every_call_fails_for_ever()
    {
        using var space = new Workspace(inMemory: true);
        var tree = new FaultTree(space, hasExisting: true);
        foreach (SystemCall call in Enum.GetValues<SystemCall>().Except([SystemCall.Close]))
        {
            tree.Reset();
            IReadOnlyList<CopyError> errors = await CopyAsync(tree, OptionsOf(Variant.Everything), new ScriptedFault(call, 1, -Errno.InputOutput) { Repeats = int.MaxValue - 1 });
            FaultScript.Install(null);
            if (call != SystemCall.Remove && call != SystemCall.Rename)
                tree.AssertRightOrReported([.. errors.Select(error => error.Path.ToText())], $"every {call}");
        }
    }

    public void Dispose() => FaultScript.Install(null);

    private static CopyOptions OptionsOf(Variant variant)
    {
        var options = new CopyOptions { Workers = 1 };
        return variant switch
        {
            Variant.Everything or Variant.EverythingExisting => options with { Preserve = CopyPreserve.All },
            Variant.InPlaceNew => options with { Writing = CopyWriting.InPlace },
            Variant.Verified => options with { Verify = true },
            _ => options,
        };
    }

    private static int[] ErrorsOf(SystemCall call) => call switch
    {
        SystemCall.Write or SystemCall.CopyRange or SystemCall.MakeFolder or SystemCall.MakeLink or SystemCall.Rename or SystemCall.WriteAttribute =>
            [Errno.InputOutput, Errno.NoSpace, Errno.Interrupted],
        SystemCall.Open => [Errno.InputOutput, Errno.NoSpace, Errno.AccessDenied, Errno.Interrupted],
        SystemCall.Close => [Errno.InputOutput, Errno.Interrupted],
        _ => [Errno.InputOutput, Errno.AccessDenied],
    };

    private static async Task<int> CountAsync(FaultTree tree, CopyOptions options, SystemCall call)
    {
        tree.Reset();
        FaultScript.Install(new FaultScript([]));
        CopyResult result = await RunAsync(tree, options);
        int calls = FaultScript.CallsOf(call);
        FaultScript.Install(null);
        Assert.Empty(result.Errors);
        tree.AssertRightOrReported([], "no fault");
        return calls;
    }

    /// <summary>A copy with the fault, and one without, which has to complete it.</summary>
    private static async Task<IReadOnlyList<string>> CopyTwiceAsync(FaultTree tree, CopyOptions options, ScriptedFault fault, int mostErrors)
    {
        tree.Reset();
        IReadOnlyList<CopyError> errors = await CopyAsync(tree, options, fault);
        string when = $"{fault}: {string.Join("; ", errors.Select(error => $"{error.Kind} {error}"))}";
        Assert.True(errors.Count <= mostErrors, when);
        string[] paths = [.. errors.Select(error => error.Path.ToText())];
        tree.AssertRightOrReported(paths, when);
        CopyResult second = await RunAsync(tree, options);
        Assert.True(second.Errors.Count == 0, $"{when}; again: {string.Join("; ", second.Errors)}");
        tree.AssertRightOrReported([], $"{when}; again");
        return paths;
    }

    private static async Task<IReadOnlyList<CopyError>> CopyAsync(FaultTree tree, CopyOptions options, ScriptedFault fault)
    {
        FaultScript.Install(new FaultScript([fault]));
        try
        {
            return (await RunAsync(tree, options)).Errors;
        }
        catch (CopyRefusedException refused)
        {
            return [refused.Error];
        }
        finally
        {
            FaultScript.Install(null);
        }
    }

    private static Task<CopyResult> RunAsync(FaultTree tree, CopyOptions options) =>
        FolderCopier.CopyAsync(tree.Folder, tree.Copy, options, cancellationToken: TestContext.Current.CancellationToken).WaitAsync(Shell.Limit);
}
