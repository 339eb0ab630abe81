using System.Collections;

namespace Multitasking.Invocation.Trusting;

/// <summary>
/// The types that one message names, as those of objects whose place declares another: both sides of a call note the same.
/// </summary>
internal sealed class SentTypes : IReadOnlyList<Type>
{
    // Most messages name fewer.
    private const int ComparedOneByOne = 8;

    private Type[] _types = new Type[4];
    private HashSet<Type>? _many;

    public int Count { get; private set; }

    public Type this[int index] => _types[index];

    internal void Note(Type type)
    {
        // Items of a collection are mostly of one type.
        if (Count > 0 && ReferenceEquals(_types[Count - 1], type))
            return;
        if (_many is null ? Array.IndexOf(_types, type, 0, Count) >= 0 : !_many.Add(type))
            return;
        if (Count == _types.Length)
            Array.Resize(ref _types, Count * 2);
        _types[Count++] = type;
        if (Count > ComparedOneByOne)
            _many ??= [.. this];
    }

    internal void Clear()
    {
        Array.Clear(_types, 0, Count);
        Count = 0;
        _many = null;
    }

    /// <summary>A copy of them; another copy, if that is the same.</summary>
    internal Type[] Copy(Type[] another)
    {
        var types = _types.AsSpan(0, Count);
        return types.SequenceEqual(another) ? another : types.ToArray();
    }

    public IEnumerator<Type> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return _types[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
