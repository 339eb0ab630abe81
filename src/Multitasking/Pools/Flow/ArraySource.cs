namespace Multitasking.Pools.Flow;

/// <summary>An array: nothing is copied, and what is left is known.</summary>
internal sealed class ArraySource<T> : ItemSource<T>
{
    private readonly T[] _array;
    private int _at;

    internal ArraySource(T[] array)
    {
        _array = array;
        IsExhausted = array.Length == 0;
    }

    internal override long? Left => _array.Length - _at;

    internal override ArraySegment<T> Read(int most)
    {
        var chunk = new ArraySegment<T>(_array, _at, Math.Min(most, _array.Length - _at));
        _at += chunk.Count;
        IsExhausted = _at == _array.Length;
        return chunk;
    }

    public override ValueTask DisposeAsync() => default;
}
