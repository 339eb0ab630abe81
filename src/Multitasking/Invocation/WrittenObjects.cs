using System.Runtime.CompilerServices;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation;

/// <summary>
/// The objects of one message by their numbers, and their numbers by identity. A few are compared one by one; a hash table begins beyond.
/// Tables of its own, which keep their memory from message to message.
/// </summary>
internal sealed class WrittenObjects
{
    // Most messages have fewer, and a hash code costs each object a word of its header.
    private const int ComparedOneByOne = 8;

    // One giant message must not keep its tables for ever.
    private const int MostKept = 4096;

    private Entry[] _entries = new Entry[ComparedOneByOne];
    private int[] _chains = [];
    private int _chainCount;

    internal int Count { get; private set; }

    internal ref Entry this[int number] => ref _entries[number];

    /// <summary>Forgets all of them.</summary>
    internal void Clear()
    {
        if (_entries.Length <= MostKept)
        {
            Array.Clear(_entries, 0, Count);
        }
        else
        {
            _entries = new Entry[ComparedOneByOne];
            _chains = [];
        }
        Count = 0;
        _chainCount = 0;
    }

    /// <summary>The object's number, a new one if it is met for the first time.</summary>
    internal int NumberOf(object value, out bool isKnown)
    {
        int number = _chainCount == 0 ? FindOneByOne(value) : FindInChain(value);
        isKnown = number >= 0;
        return isKnown ? number : Add(value);
    }

    private int FindOneByOne(object value)
    {
        for (int i = 0; i < Count; i++)
            if (ReferenceEquals(_entries[i].Value, value))
                return i;
        return -1;
    }

    private int FindInChain(object value)
    {
        for (int i = _chains[PlaceOf(value)] - 1; i >= 0; i = _entries[i].Next)
            if (ReferenceEquals(_entries[i].Value, value))
                return i;
        return -1;
    }

    private int Add(object value)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        _entries[Count].Value = value;
        if (Count >= ComparedOneByOne)
            Chain();
        return Count++;
    }

    private void Chain()
    {
        if (_chainCount > Count)
        {
            Chain(Count);
            return;
        }
        _chainCount = Math.Max(_chainCount, ComparedOneByOne) * 4;
        if (_chains.Length < _chainCount)
            _chains = new int[_chainCount];
        else
            Array.Clear(_chains, 0, _chainCount);
        for (int i = 0; i <= Count; i++)
            Chain(i);
    }

    private void Chain(int number)
    {
        ref int chain = ref _chains[PlaceOf(_entries[number].Value!)];
        _entries[number].Next = chain - 1;
        chain = number + 1;
    }

    private int PlaceOf(object value) => RuntimeHelpers.GetHashCode(value) & (_chainCount - 1);

    /// <summary>An object, how it travels, and the step that led to it.</summary>
    internal struct Entry
    {
        internal object? Value;
        internal Shape? Shape;
        internal int Step;
        internal int Next;
        internal WrittenStage Stage;
    }
}
