using System.Runtime.InteropServices;

namespace Multitasking.Synchronization;

/// <summary>What the threads and asynchronous methods of this process hold of a lock: so that a hold is given back once only, and a thread that would wait for itself is told. Under the state lock.</summary>
internal sealed class HoldTable
{
    private readonly List<Record> _records = [];
    private readonly Stack<int> _free = [];
    private long _last;

    /// <param name="thread">Which thread entered; 0 where that was asynchronous, and so nobody's in particular.</param>
    /// <param name="isWrite">Whether to write.</param>
    internal HoldToken Add(int thread, bool isWrite)
    {
        if (!_free.TryPop(out int index))
        {
            index = _records.Count;
            _records.Add(default);
        }
        _records[index] = new Record(++_last, thread, isWrite);
        return new HoldToken(index, _last);
    }

    /// <returns>False when it was given back already.</returns>
    internal bool TryRemove(HoldToken token)
    {
        if (_records[token.Index].Number != token.Number)
            return false;
        _records[token.Index] = default;
        _free.Push(token.Index);
        return true;
    }

    /// <summary>The last of a thread.</summary>
    internal bool TryFind(int thread, bool isWrite, out HoldToken token)
    {
        token = default;
        var records = CollectionsMarshal.AsSpan(_records);
        for (int i = 0; i < records.Length; i++)
            if (records[i].Number > token.Number && records[i].Thread == thread && records[i].IsWrite == isWrite)
                token = new HoldToken(i, records[i].Number);
        return token.Number != 0;
    }

    private readonly record struct Record(long Number, int Thread, bool IsWrite);
}
