using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Invocation;
using Multitasking.Invocation.Calls;

namespace Multitasking.Pools.Flow;

/// <summary>Some items of a map that go to a worker together.</summary>
/// <param name="target">What is called with each of them.</param>
/// <param name="items">The items.</param>
/// <param name="results">Where the results go: to the same places.</param>
/// <param name="first">The index in the source of the first of them.</param>
/// <param name="intake">The pool's counter.</param>
/// <param name="flow">Told when all of them have been answered, and when they are split.</param>
/// <param name="token">Cancels the map.</param>
internal sealed class MapBatch<TCall, TItem, TResult>(
    Delegate target, ArraySegment<TItem> items, ArraySegment<TResult> results, long first, Intake intake,
    MapFlow<TCall, TItem, TResult> flow, CancellationToken token)
    : PoolTask<TCall, TResult>(target, items.Count, intake, token)
    where TCall : struct, ICall<TCall, TResult>, IItemCall<TCall, TItem>
{
    private List<TResult>? _later;

    /// <summary>The index in the source of the first item.</summary>
    internal long First { get; } = first;

    /// <summary>What the first call that did not succeed ended with.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>What the calls before the first that did not succeed returned.</summary>
    internal ArraySegment<TResult> Succeeded => results[..SucceededCount];

    internal int SucceededCount { get; private set; }

    /// <summary>What calls behind the first that did not succeed returned.</summary>
    internal IReadOnlyList<TResult> SucceededLater => _later ?? (IReadOnlyList<TResult>)[];

    internal override long? ItemIndex => First + Answered;

    /// <summary>Its place among those that are under way; the flow's.</summary>
    internal LinkedListNode<MapBatch<TCall, TItem, TResult>>? Place { get; set; }

    /// <summary>What was split off behind it.</summary>
    internal MapBatch<TCall, TItem, TResult>? Rest { get; private set; }

    /// <summary>The flow does it, for all of its batches with one registration.</summary>
    internal override void CancelThrough(PoolEngine pool)
    {
    }

    internal override ICaptured? Captured => flow.Captured;

    internal override bool IsFramed => Count > 1 && !ValueCodec<TItem>.IsBlock;

    internal override void Write(CallWriter writer)
    {
        if (ValueCodec<TItem>.IsBlock)
            writer.Bytes.WriteBlock(ValueCodec<TItem>.Bytes(items.AsSpan(Answered, Count - Answered)));
        else
            base.Write(writer);
    }

    internal override PoolTask SplitOff(int from)
    {
        var rest = new MapBatch<TCall, TItem, TResult>(
            Target, items[from..Count], results[from..Count], First + from, Intake, flow, Token)
        { Rest = Rest, Context = Context, Culture = Culture };
        Rest = rest;
        Count = from;
        flow.OnSplit(rest);
        return rest;
    }

    protected override TCall CallAt(int index) => TCall.Of(items[index]);

    private protected override void OnResults(ReadOnlySpan<byte> bytes, int count)
    {
        if (Failure is not null)
        {
            base.OnResults(bytes, count);
            return;
        }
        int size = 1 + Unsafe.SizeOf<TResult>();
        ref byte value = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes[..(count * size)]), 1);
        foreach (ref var result in results.AsSpan(SucceededCount, count))
        {
            result = Unsafe.ReadUnaligned<TResult>(in value);
            value = ref Unsafe.Add(ref value, size);
        }
        SucceededCount += count;
    }

    protected override void OnResult(TResult result)
    {
        if (Failure is null)
            results[SucceededCount++] = result;
        else
            (_later ??= []).Add(result);
    }

    protected override void OnFailed(Exception exception) => Failure ??= exception;

    protected override void OnCancelled() =>
        Failure ??= new OperationCanceledException(Token.IsCancellationRequested ? Token : new CancellationToken(canceled: true));

    protected override void OnOver() => flow.OnOver(this);
}
