using System.Diagnostics.CodeAnalysis;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>An answer that stays bytes until a reader thread reads it: a result that may call code of the user's, or a failure.</summary>
/// <param name="worker">The worker that sent it.</param>
/// <param name="order">The order that it answers a call of.</param>
/// <param name="tag">What it is.</param>
/// <param name="bytes">Its bytes.</param>
internal sealed class UnreadAnswer(WorkerProcess worker, Order order, AnswerTag tag, byte[] bytes)
{
    /// <summary>Tells whether it is a row of results of a fixed size, each with its tag.</summary>
    internal bool IsRow { get; init; }

    /// <summary>Tells whether it came, or would be told, after the time limit.</summary>
    internal bool IsLate { get; set; }

    /// <summary>Has it counted among what waits to be read.</summary>
    internal void EnterBacklog() => worker.Backlog.Add(bytes.Length);

    /// <summary>It waits no longer.</summary>
    internal void LeaveBacklog() => worker.LeaveBacklog(bytes.Length);

    /// <summary>Reads it, which may take long.</summary>
    /// <returns>What to do with the task then.</returns>
    internal Action<PoolTask> Read()
    {
        // What comes after a report that failed has failed.
        if (order.ReportFailure is { } failure)
            return task => Fail(task, failure);
        if (IsLate)
            return task =>
            {
                task.Fail(order.TimeoutException());
                if (IsRow && bytes.Length > order.FixedSize)
                    task.TakeFixed(bytes.AsSpan(order.FixedSize));
            };
        if (IsRow)
            return task => task.TakeFixed(bytes);
        return tag == AnswerTag.Value ? ReadValue() : ReadFailure();
    }

    private void Fail(PoolTask task, Exception failure)
    {
        for (int calls = IsRow ? bytes.Length / order.FixedSize : 1; calls > 0; calls--)
            task.Fail(failure);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever an answer brings about is the failure of its task.")]
    private Action<PoolTask> ReadValue()
    {
        try
        {
            var reader = new CallReader(new ByteReader(bytes));
            reader.Begin(Types(), Arrival.Nothing);
            return order.Task.Read(reader);
        }
        catch (ObjectNotMadeException exception)
        {
            // The worker did what it was asked for.
            return task => task.Fail(exception);
        }
        catch (Exception exception)
        {
            return Unreadable("after an answer that cannot be read", exception);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever an answer brings about is the failure of its task.")]
    private Action<PoolTask> ReadFailure()
    {
        try
        {
            var remote = FailureCodec.Read(bytes, Types(), worker.Name, worker.Id ?? 0);
            return task =>
            {
                if (order.Reason == EndReason.Cancelled && remote.InnerException is OperationCanceledException)
                    task.CancelRest();
                else
                    task.Fail(remote);
            };
        }
        catch (Exception exception)
        {
            return Unreadable("after a failure that cannot be read", exception);
        }
    }

    private ChildTypes Types() => new(worker.Budget, order.Trust, order.ReadBy());

    private Action<PoolTask> Unreadable(string when, Exception cause) => task => task.Fail(worker.Lost(order, when, cause));
}
