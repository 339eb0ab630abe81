using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>One end of a <see cref="DuplexPipe"/>: what is sent here is received at the other, and the other way round. It crosses to other processes by reference.</summary>
/// <typeparam name="T">What messages are.</typeparam>
/// <remarks>All members are safe for use from several threads, and several processes may hold one end: each message is received once.</remarks>
public sealed class DuplexPipeEnd<T> : IDisposable, IMadeOfShared
{
    internal DuplexPipeEnd(ProcessChannelReader<T> reader, ProcessChannelWriter<T> writer)
    {
        Reader = reader;
        Writer = writer;
    }

    /// <summary>What comes from the other end.</summary>
    public ProcessChannelReader<T> Reader { get; }

    /// <summary>What goes to the other end.</summary>
    public ProcessChannelWriter<T> Writer { get; }

    /// <summary>Sends a message, and waits for room on this thread.</summary>
    /// <exception cref="ChannelClosedException">Nobody holds the other end any more.</exception>
    /// <inheritdoc cref="ProcessChannelWriter{T}.Write(T, CancellationToken)" path="/exception[@cref='OperationCanceledException']|/exception[@cref='TargetNotSupportedException']"/>
    public void Send(T message, CancellationToken cancellationToken = default) => Writer.Write(message, cancellationToken);

    /// <summary>Sends a message, and waits for room.</summary>
    /// <inheritdoc cref="Send(T, CancellationToken)" path="/exception"/>
    public ValueTask SendAsync(T message, CancellationToken cancellationToken = default) => Writer.WriteAsync(message, cancellationToken);

    /// <summary>Receives a message, and waits for one on this thread.</summary>
    /// <exception cref="ChannelClosedException">Nobody holds the other end any more, and all that came from there was received.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public T Receive(CancellationToken cancellationToken = default) => Reader.Read(cancellationToken);

    /// <summary>Receives a message, and waits for one on this thread, but not longer than a time.</summary>
    /// <param name="message">The message.</param>
    /// <param name="limit">How long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <inheritdoc cref="Receive(CancellationToken)" path="/exception"/>
    public bool TryReceive([MaybeNullWhen(false)] out T message, TimeSpan limit, CancellationToken cancellationToken = default) =>
        Reader.TryRead(out message, limit, cancellationToken);

    /// <summary>Receives a message, and waits for one.</summary>
    /// <inheritdoc cref="Receive(CancellationToken)" path="/exception"/>
    public ValueTask<T> ReceiveAsync(CancellationToken cancellationToken = default) => Reader.ReadAsync(cancellationToken);

    /// <summary>This process does not use the end any more. The other end is told when that holds for all processes.</summary>
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }
}
