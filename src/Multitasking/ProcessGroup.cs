using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;

namespace Multitasking;

/// <summary>
/// Processes that are signalled, waited for and limited as one. A process joins the group that it is made with, for good.
/// </summary>
/// <remarks>
/// The group is this library's own bookkeeping, not a process group of the system's: its members stay in the terminal's foreground
/// group, so Ctrl-C reaches them. Processes that members start are not members; they end with the member that started them.
/// Safe for use from several threads.
/// </remarks>
/// <example>
/// <code>
/// var crew = new ProcessGroup("crew") { TimeLimit = TimeSpan.FromMinutes(1), Processors = [0] };
/// foreach (string page in pages)
///     new ChildProcess(Render, args: [page], group: crew).Start();
/// await crew.JoinAsync();
/// </code>
/// </example>
[StaysHere("make a group in the target, or send what the target needs of it")]
public sealed class ProcessGroup
{
    private readonly Lock _lock = new();
    private readonly List<ChildProcess> _members = [];
    // Without the time in which this process was stopped.
    private long? _deadline;

    /// <summary>Makes an empty group.</summary>
    /// <param name="name">What it is called in messages; by default <c>group</c>.</param>
    public ProcessGroup(string? name = null) => Name = name ?? "group";

    /// <summary>The name of it in messages.</summary>
    public string Name { get; }

    /// <summary>All processes that were made with this group, ended ones too, in the order of creation.</summary>
    public IReadOnlyList<ChildProcess> Members
    {
        get
        {
            lock (_lock)
                return [.. _members];
        }
    }

    /// <summary>
    /// How long the group may run, counted from the start of its first member; then every member is ended as by
    /// <see cref="Terminate"/>, and so is one that starts later. <see langword="null"/>, the default, for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public TimeSpan? TimeLimit
    {
        get;
        init
        {
            if (value is { } limit)
                Children.TimeLimit.Check(limit, nameof(TimeLimit));
            field = value == Timeout.InfiniteTimeSpan ? null : value;
        }
    }

    /// <summary>
    /// The processors, counted from 0, that the members share, whatever their number; <see langword="null"/>, the default, for all that
    /// this process may use.
    /// </summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">This process may not run on one of them.</exception>
    public IReadOnlyCollection<int>? Processors
    {
        get;
        init
        {
            if (value is not null)
                CheckProcessors(value, nameof(Processors));
            field = value is null ? null : [.. value];
        }
    }

    /// <summary>Ends all members that run, as <see cref="ChildProcess.Terminate"/> does. Returns at once.</summary>
    public void Terminate()
    {
        foreach (var member in Started())
            member.Terminate();
    }

    /// <summary>Ends all members that run by SIGKILL. Returns at once.</summary>
    public void Kill()
    {
        foreach (var member in Started())
            member.Kill();
    }

    /// <summary>Waits until all members that were started have ended.</summary>
    public void Join()
    {
        foreach (var member in Started())
            member.Join();
    }

    /// <summary>
    /// Completes when all members that were started have ended. What their targets threw is in their <see cref="Worker.Exception"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, not the members.</param>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task JoinAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(Started().Select(member => member.JoinAsync(cancellationToken)));

    /// <summary>Name and number of members: <c>ProcessGroup(crew, 2 of 3 alive)</c>.</summary>
    public override string ToString()
    {
        var members = Members;
        return $"{nameof(ProcessGroup)}({Name}, {members.Count(static member => member.IsAlive)} of {members.Count} alive)";
    }

    internal void Add(ChildProcess member)
    {
        lock (_lock)
            _members.Add(member);
    }

    /// <summary>The time by which a member that starts now must have ended; the first start sets it for all.</summary>
    internal long? Deadline()
    {
        if (TimeLimit is not { } limit)
            return null;
        lock (_lock)
        {
            _deadline ??= Deadlines.In(limit) - StoppedTime.Total;
            return _deadline + StoppedTime.Total;
        }
    }

    private IEnumerable<ChildProcess> Started() => Members.Where(static member => member.WasStarted);

    private static void CheckProcessors(IReadOnlyCollection<int> processors, string name)
    {
        Platform.RequireLinux();
        if (processors.Count == 0)
            throw new ArgumentException("A group needs a processor to run on.", name);
        var allowed = AffinityMask.OfThisThread();
        foreach (int processor in processors)
            if (!allowed.Contains(processor))
                throw new ArgumentOutOfRangeException(name, processor, "This process may not run on that processor.");
    }
}
