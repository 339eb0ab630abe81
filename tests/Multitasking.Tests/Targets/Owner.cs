namespace Multitasking.Tests.Targets;

internal interface IAnswers
{
    int Base { get; }

    int FromInterface() => Base + 2;
}

/// <summary>Instance targets of every kind; each answers 42 when its state has travelled.</summary>
internal class Owner(int seed) : IAnswers
{
    private readonly int _seed = seed;

    public int Base => 40;

    internal int Instance() => _seed + 2;

    internal virtual int Virtual() => -1;

    internal int Inherited() => _seed + 2;

    internal async Task<int> InstanceAsync()
    {
        await Task.Yield();
        return _seed + 2;
    }

    internal Func<int> OfPrivateMember() => Private;

    internal Func<int> CapturingThis() => () => _seed + 2;

    internal Func<int> CapturingThisAndLocals(int two) => () => _seed + two;

    private int Private() => _seed + 2;
}

internal sealed class Derived(int seed) : Owner(seed)
{
    internal override int Virtual() => Instance();
}

internal sealed class Holder<T>(T value)
{
    internal T Value() => value;

    internal static T? Shared() => (T?)(object)42;

    internal TOther Both<TOther>() => (TOther)(object)value!;

    internal sealed class Nested<TInner>(T value)
    {
        internal (Type, Type, T) Types() => (typeof(T), typeof(TInner), value);
    }
}

internal struct Counter(int count)
{
    internal readonly int Next() => count + 1;
}

internal static class OwnerExtensions
{
    internal static int Extended(this Owner owner) => owner.Instance();

    internal static int Twice(this string text) => text.Length * 2;

    internal static T Itself<T>(this T value) => value;
}
