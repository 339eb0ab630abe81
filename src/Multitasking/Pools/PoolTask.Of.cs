using System.Runtime.CompilerServices;
using Multitasking.Invocation;
using Multitasking.Invocation.Calls;

namespace Multitasking.Pools;

/// <summary>A <see cref="PoolTask"/> whose calls and results have known types.</summary>
internal abstract class PoolTask<TCall, TResult>(Delegate target, int count, Intake intake, CancellationToken token) : PoolTask(target, count, intake, token)
    where TCall : struct, ICall<TCall, TResult>
{
    internal sealed override Runner Runner => Runner<TCall, TResult>.Instance;

    internal sealed override void Take(CallReader reader)
    {
        OnResult(reader.Read<TResult>());
        Advance();
    }

    internal sealed override Action<PoolTask> Read(CallReader reader)
    {
        var result = reader.Read<TResult>();
        return _ =>
        {
            OnResult(result);
            Advance();
        };
    }

    internal sealed override void CheckFixed(ReadOnlySpan<byte> bytes) => BlockCheck<TResult>.Check(bytes, 1, 1 + Unsafe.SizeOf<TResult>());

    internal sealed override void TakeFixed(ReadOnlySpan<byte> bytes)
    {
        int count = bytes.Length / (1 + Unsafe.SizeOf<TResult>());
        OnResults(bytes, count);
        Advance(count);
    }

    internal sealed override async ValueTask RunNextAsync(IRunGate gate, CancellationToken termination)
    {
        // Taken before the gate: once the run may be given up, the task may be in other hands and its next call another one.
        var call = CallAt(Answered);
        if (!gate.TryBegin())
            return;
        TResult result;
        try
        {
            result = await TCall.Invoke(Target, call, termination).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!gate.TryFinish())
                return;
            if (exception is OperationCanceledException && Token.IsCancellationRequested)
                CancelRest();
            else
                Fail(RemoteException.OfHere(exception));
            return;
        }
        if (!gate.TryFinish())
            return;
        OnResult(result);
        Advance();
    }

    internal override void Write(CallWriter writer)
    {
        for (int i = Answered; i < Count; i++)
        {
            int start = IsFramed ? writer.Bytes.BeginLength() : 0;
            if (IsFramed)
                writer.BeginPart();
            WriteCall(writer, i);
            if (IsFramed)
                writer.Bytes.EndLength(start);
        }
    }

    private void WriteCall(CallWriter writer, int index)
    {
        try
        {
            TCall.Write(writer, CallAt(index));
        }
        catch (MultitaskingException exception)
        {
            exception.ItemIndex ??= ItemIndex - Answered + index;
            throw;
        }
    }

    protected abstract TCall CallAt(int index);

    /// <summary>Stores results that stand behind a tag each.</summary>
    private protected virtual void OnResults(ReadOnlySpan<byte> bytes, int count)
    {
        for (int at = 1; count > 0; count--, at += 1 + Unsafe.SizeOf<TResult>())
            OnResult(Unsafe.ReadUnaligned<TResult>(in bytes[at]));
    }

    /// <summary>Stores the next result.</summary>
    protected abstract void OnResult(TResult result);
}
