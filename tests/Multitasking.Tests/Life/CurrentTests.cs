using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>What a process knows of itself and of its family.</summary>
[Collection(nameof(Alone))]
public sealed class CurrentTests : WorkerTest
{
    [Fact]
    public void Main_process_is_called_so_and_is_no_daemon()
    {
        Assert.Equal("MainProcess", ChildProcess.Current.Name);
        Assert.Equal(Environment.ProcessId, ChildProcess.Current.Id);
        Assert.True(ChildProcess.Current.IsAlive);
        Assert.False(ChildProcess.Current.IsDaemon);
        Assert.Null(ChildProcess.Current.ExitCode);
    }

    [Fact]
    public void Main_process_cannot_be_started() => Assert.Throws<InvalidOperationException>(ChildProcess.Current.Start);

    [Fact]
    public async Task Child_is_told_its_name_and_state()
    {
        string said = FileNamed("said");
        var child = new ChildProcess(SayWhoIAm, args: [said], name: "dancer") { IsDaemon = true };
        child.Start();
        await child.JoinAsync(Cancelled);
        Assert.Equal($"dancer {child.Id} True True", await File.ReadAllTextAsync(said, Cancelled));
    }

    [Fact]
    public async Task ParentId_of_a_child_is_the_id_of_this_process() =>
        Assert.Equal(Environment.ProcessId, await ChildProcess.RunAsync(static () => ChildProcess.ParentId, cancellationToken: Cancelled));

    [Fact]
    public async Task Grandchild_is_named_after_its_parent_and_has_it_for_parent()
    {
        var (name, parent, parentsId) = await ChildProcess.RunAsync(
            static async () =>
            {
                var (name, parent) = await ChildProcess.RunAsync(static () => (ChildProcess.Current.Name, ChildProcess.ParentId));
                return (name, parent, Environment.ProcessId);
            },
            cancellationToken: Cancelled);
        Assert.Matches(@"^Process-\d+:1$", name);
        Assert.Equal(parentsId, parent);
    }

    [Fact]
    public async Task Workers_of_a_daemon_are_daemons_unless_told_otherwise()
    {
        var (process, set) = await ChildProcess.RunAsync(
            static () => (new ChildProcess(static () => { }).IsDaemon, new ChildProcess(static () => { }) { IsDaemon = false }.IsDaemon),
            cancellationToken: Cancelled);
        Assert.True(process);
        Assert.False(set);
    }

    [Fact]
    public async Task Child_has_the_environment_and_the_folder_of_its_parent()
    {
        Environment.SetEnvironmentVariable("MULTITASKING_TEST_GIVEN", "given");
        try
        {
            var (given, link, folder) = await ChildProcess.RunAsync(
                static () => (
                    Environment.GetEnvironmentVariable("MULTITASKING_TEST_GIVEN"),
                    Environment.GetEnvironmentVariable("MULTITASKING_CHILD"),
                    Environment.CurrentDirectory),
                cancellationToken: Cancelled);
            Assert.Equal("given", given);
            Assert.Null(link);
            Assert.Equal(Environment.CurrentDirectory, folder);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MULTITASKING_TEST_GIVEN", null);
        }
    }

    [Fact]
    public async Task Child_has_no_descriptor_of_its_parent_but_the_standard_streams()
    {
        await using var file = File.Create(FileNamed("open"));
        string[] open = await ChildProcess.RunAsync(
            static () => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(static link => link.LinkTarget ?? "").ToArray(),
            cancellationToken: Cancelled);
        Assert.DoesNotContain(file.Name, open);
        Assert.Single(open, static target => target.StartsWith("socket:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_that_a_child_starts_know_nothing_of_the_library()
    {
        string variables = await ChildProcess.RunAsync(
            static async () =>
            {
                using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/usr/bin/env") { RedirectStandardOutput = true })!;
                string output = await process.StandardOutput.ReadToEndAsync();
                await process.WaitForExitAsync();
                return output;
            },
            cancellationToken: Cancelled);
        Assert.DoesNotContain("MULTITASKING_CHILD", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("EnableDiagnostics", variables, StringComparison.Ordinal);
    }

    [Fact]
    public void ActiveChildren_are_those_that_run_in_the_order_of_their_starts()
    {
        var gate = NewGate();
        ChildProcess first = new(gate.Pass), second = new(gate.Pass), never = new(gate.Pass);
        second.Start();
        first.Start();
        Assert.Equal([second, first], ChildProcess.ActiveChildren);
        Assert.DoesNotContain(never, ChildProcess.ActiveChildren);
        gate.Open();
        first.Join();
        second.Join();
        Assert.Empty(ChildProcess.ActiveChildren);
    }

    [Fact]
    public void Id_is_null_before_the_start_and_stays_after_the_end()
    {
        var child = new ChildProcess(static () => { });
        Assert.Null(child.Id);
        child.Start();
        int? id = child.Id;
        child.Join();
        Assert.NotNull(id);
        Assert.Equal(id, child.Id);
    }

    [Fact]
    public void ToString_tells_how_it_ended()
    {
        var child = new ChildProcess(static () => Environment.Exit(7), name: "dancer");
        child.Start();
        child.Join();
        Assert.Equal($"ChildProcess(dancer, stopped with 7, id {child.Id})", child.ToString());
    }

    [Fact]
    public async Task Child_lives_on_when_the_thread_that_started_it_has_ended()
    {
        var gate = NewGate();
        var child = new ChildProcess(gate.Pass);
        var thread = new Thread(child.Start);
        thread.Start();
        thread.Join();
        // Threads whose end would signal children are gone for good once the system lists them no more.
        await Until.TrueAsync(() => !thread.IsAlive);
        Assert.False(child.Join(TimeSpan.FromMilliseconds(300)));
        gate.Open();
        child.Join();
        Assert.Equal(0, child.ExitCode);
    }

    private static void SayWhoIAm(string file)
    {
        var me = ChildProcess.Current;
        File.WriteAllText(file, $"{me.Name} {me.Id} {me.IsAlive} {me.IsDaemon}");
    }
}
