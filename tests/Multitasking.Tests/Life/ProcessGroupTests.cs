using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>Processes that are signalled, waited for and limited as one.</summary>
[Collection(nameof(Alone))]
public sealed class ProcessGroupTests : WorkerTest
{
    [Fact]
    public void Members_are_all_that_were_made_with_it_in_order()
    {
        var group = new ProcessGroup("crew");
        var gate = NewGate();
        ChildProcess first = Member(group, gate), second = Member(group, gate);
        Assert.Equal([first, second], group.Members);
        Assert.Same(group, first.Group);
        Assert.Equal("crew", group.Name);
    }

    [Fact]
    public void Members_that_have_ended_stay_members()
    {
        var group = new ProcessGroup();
        var member = new ChildProcess(static () => { }, group: group);
        member.Start();
        member.Join();
        Assert.Equal([member], group.Members);
    }

    [Fact]
    public void ToString_tells_how_many_are_alive()
    {
        var group = new ProcessGroup("crew");
        var gate = NewGate();
        Member(group, gate).Start();
        Member(group, gate);
        Assert.Equal("ProcessGroup(crew, 1 of 2 alive)", group.ToString());
        gate.Open();
        group.Join();
        Assert.Equal("ProcessGroup(crew, 0 of 2 alive)", group.ToString());
    }

    [Fact]
    public async Task Terminate_ends_all_that_run_and_leaves_the_others()
    {
        var group = new ProcessGroup();
        var gate = NewGate();
        ChildProcess first = Member(group, gate), second = Member(group, gate), never = Member(group, gate);
        first.Start();
        second.Start();
        group.Terminate();
        await group.JoinAsync(Cancelled);
        Assert.Equal([-Constants.SIGTERM, -Constants.SIGTERM, null], group.Members.Select(static member => member.ExitCode));
        gate.Open();
        never.Start();
        never.Join();
        Assert.Equal(0, never.ExitCode);
    }

    [Fact]
    public void Kill_ends_all_that_run_at_once()
    {
        var group = new ProcessGroup();
        var gate = NewGate();
        Member(group, gate).Start();
        Member(group, gate).Start();
        group.Kill();
        group.Join();
        Assert.All(group.Members, static member => Assert.Equal(-Constants.SIGKILL, member.ExitCode));
    }

    [Fact]
    public async Task JoinAsync_completes_when_the_last_member_has_ended()
    {
        var group = new ProcessGroup();
        Gate early = NewGate(), late = NewGate();
        var first = Member(group, early);
        first.Start();
        Member(group, late).Start();
        var join = group.JoinAsync(Cancelled);
        early.Open();
        await first.JoinAsync(Cancelled);
        Assert.False(join.IsCompleted);
        late.Open();
        await join;
    }

    [Fact]
    public async Task JoinAsync_that_is_cancelled_leaves_the_members_alone()
    {
        var group = new ProcessGroup();
        var gate = NewGate();
        var member = Member(group, gate);
        member.Start();
        using var source = new CancellationTokenSource();
        var join = group.JoinAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => join);
        Assert.True(member.IsAlive);
        gate.Open();
        group.Join();
    }

    [Fact]
    public async Task Join_throws_nothing_that_a_member_threw()
    {
        var group = new ProcessGroup();
        var member = new ChildProcess(Fail, group: group);
        member.Start();
        await group.JoinAsync(Cancelled);
        Assert.IsType<RemoteException>(member.Exception);
    }

    [Fact]
    public async Task Join_of_an_empty_group_is_done()
    {
        var group = new ProcessGroup();
        group.Join();
        await group.JoinAsync(Cancelled);
        group.Terminate();
        group.Kill();
    }

    [Fact]
    public void Member_that_could_not_be_started_is_not_waited_for()
    {
        var group = new ProcessGroup();
        using var stream = File.Create(FileNamed("open"));
        var member = new ChildProcess(() => stream.Flush(), group: group);
        Assert.Throws<TargetNotSupportedException>(member.Start);
        group.Join();
        Assert.False(member.IsAlive);
    }

    [Fact]
    public void Time_limit_ends_all_members()
    {
        var group = new ProcessGroup { TimeLimit = TimeSpan.FromMilliseconds(300) };
        var gate = NewGate();
        Member(group, gate).Start();
        Member(group, gate).Start();
        group.Join();
        Assert.All(group.Members, static member => Assert.Equal(-Constants.SIGTERM, member.ExitCode));
    }

    [Fact]
    public void Time_limit_ends_a_member_that_starts_after_it()
    {
        var group = new ProcessGroup { TimeLimit = TimeSpan.Zero };
        var gate = NewGate();
        Member(group, gate).Start();
        group.Join();
        var late = Member(group, gate);
        late.Start();
        Assert.True(late.Join(Until.Limit));
        Assert.Equal(-Constants.SIGTERM, late.ExitCode);
    }

    [Fact]
    public void Time_limit_leaves_members_alone_that_end_in_time()
    {
        var group = new ProcessGroup { TimeLimit = TimeSpan.FromMinutes(10) };
        var member = new ChildProcess(static () => { }, group: group);
        member.Start();
        group.Join();
        Assert.Equal(0, member.ExitCode);
    }

    [Fact]
    public void Processors_are_those_of_all_members()
    {
        int last = LastProcessor();
        string said = FileNamed("said");
        var group = new ProcessGroup { Processors = [last] };
        new ChildProcess(() => File.WriteAllText(said, AllowedProcessors() + Environment.ProcessorCount), group: group).Start();
        group.Join();
        Assert.Equal($"{last} 1", File.ReadAllText(said));
    }

    [Fact]
    public void Processors_of_a_group_are_not_those_of_other_children()
    {
        string said = FileNamed("said"), before = AllowedProcessors();
        var gate = NewGate();
        var group = new ProcessGroup { Processors = [LastProcessor()] };
        Member(group, gate).Start();
        var other = ChildProcess.Start(() => File.WriteAllText(said, AllowedProcessors()));
        other.Join();
        gate.Open();
        group.Join();
        Assert.Equal(before, File.ReadAllText(said));
        Assert.Equal(before, AllowedProcessors());
    }

    [Fact]
    public void Processors_that_this_process_may_not_use_are_refused()
    {
        Assert.Throws<ArgumentException>("Processors", static () => new ProcessGroup { Processors = [] });
        Assert.Throws<ArgumentOutOfRangeException>("Processors", static () => new ProcessGroup { Processors = [-1] });
        Assert.Throws<ArgumentOutOfRangeException>("Processors", static () => new ProcessGroup { Processors = [100_000] });
    }

    private static ChildProcess Member(ProcessGroup group, Gate gate) => new(gate.Pass, group: group);

    private static void Fail() => throw new InvalidDataException("no music");

    private static int LastProcessor() =>
        int.Parse(AllowedProcessors().Split(',', '-')[^1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As the kernel lists them, with a space behind.</summary>
    private static string AllowedProcessors()
    {
        const string Field = "Cpus_allowed_list:";
        return File.ReadLines("/proc/self/status").Single(static line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim() + " ";
    }
}
