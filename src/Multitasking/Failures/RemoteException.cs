namespace Multitasking;

/// <summary>
/// An exception that ended a target in another process, or in a worker of a pool of threads. <see cref="Exception.Message"/> is the
/// original's, <see cref="ToString"/> shows the stack of the child, and <see cref="Exception.InnerException"/> is the original itself where
/// it could be rebuilt here.
/// </summary>
/// <remarks>
/// The original is rebuilt when its type comes from the framework, from this library, or from an assembly that the call has to do with
/// (<see cref="TrustAssemblyOfAttribute"/> says which), and when what it holds can travel. No constructor of it runs. Otherwise
/// <see cref="Exception.InnerException"/> is <see langword="null"/>, and <see cref="TypeName"/>, the message and
/// <see cref="RemoteStackTrace"/> say what there is to say.
/// </remarks>
public sealed class RemoteException : MultitaskingException
{
    private readonly string _text;

    internal RemoteException(string typeName, string message, string text, string? stackTrace, string workerName, int processId, Exception? original)
        : base(message, original)
    {
        TypeName = typeName;
        RemoteStackTrace = stackTrace;
        WorkerName = workerName;
        ProcessId = processId;
        _text = text;
    }

    /// <summary>For a target that ran in a thread of this process.</summary>
    internal static RemoteException OfHere(Exception original) => new(
        TypeOf(original), Ask(static e => e.Message, original) ?? "", Ask(static e => e.ToString(), original) ?? TypeOf(original), Ask(static e => e.StackTrace, original),
        Thread.CurrentThread.Name ?? $"thread {Environment.CurrentManagedThreadId}", Environment.ProcessId, original);

    /// <summary>The full name of the original exception's type.</summary>
    public string TypeName { get; }

    /// <summary>The original's stack trace in the child, or <see langword="null"/> when it had none.</summary>
    public string? RemoteStackTrace { get; }

    /// <summary>The name of the worker that failed.</summary>
    public string WorkerName { get; }

    /// <summary>The id of the process that failed. It has ended since, and the system may give its number to another.</summary>
    public int ProcessId { get; }

    /// <summary>
    /// The original exception as its own process printed it, stack trace and inner exceptions included, then this side's stack.
    /// </summary>
    public override string ToString()
    {
        string here = StackTrace is { } stack ? $"{Environment.NewLine}{stack}" : "";
        return $"{typeof(RemoteException)}: {WorkerName} (process {ProcessId}) failed:{Environment.NewLine}" +
            $" ---> {_text}{Environment.NewLine}   --- End of the stack trace of process {ProcessId} ---{here}";
    }

    private static string TypeOf(Exception original) => original.GetType().FullName ?? original.GetType().Name;

    /// <summary>Whoever overrides these members may throw in them; the failure has to be told nevertheless.</summary>
    private static string? Ask(Func<Exception, string?> question, Exception original)
    {
        try
        {
            return question(original);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
