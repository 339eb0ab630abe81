namespace Multitasking;

/// <summary>Makes pairs of ends between which messages go both ways, as Python's <c>Pipe</c> does.</summary>
public static class DuplexPipe
{
    private const int DefaultCapacity = 1024;

    /// <summary>Makes a pipe. One end is for this process, the other for whomever it is passed to.</summary>
    /// <typeparam name="T">What messages are, in both directions: anything that can travel to a child.</typeparam>
    /// <param name="capacity">How many messages each direction holds before its writer waits.</param>
    /// <returns>The two ends, which are alike.</returns>
    /// <remarks>
    /// An end hears of the other's end when no process holds that any more. The process that made the pipe holds both: it disposes of the one that it has passed on, once it has started whom it is for.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    /// <inheritdoc cref="ProcessChannel.CreateBounded{T}(int)" path="/exception[@cref='TargetNotSupportedException']|/exception[@cref='IOException']|/exception[@cref='PlatformNotSupportedException']"/>
    /// <example>
    /// <code>
    /// var (near, far) = DuplexPipe.Create&lt;string&gt;();
    /// ChildProcess.Start(() => far.Send(far.Receive().ToUpperInvariant()));
    /// far.Dispose();
    /// near.Send("hello");
    /// Console.WriteLine(near.Receive());
    /// </code>
    /// </example>
    public static (DuplexPipeEnd<T> Near, DuplexPipeEnd<T> Far) Create<T>(int capacity = DefaultCapacity)
    {
        var there = ProcessChannel.CreateBounded<T>(capacity);
        try
        {
            var back = ProcessChannel.CreateBounded<T>(capacity);
            return (new DuplexPipeEnd<T>(back.Reader, there.Writer), new DuplexPipeEnd<T>(there.Reader, back.Writer));
        }
        catch
        {
            there.Dispose();
            throw;
        }
    }
}
