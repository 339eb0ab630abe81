namespace Multitasking.Tests.Travel;

/// <summary>An interface whose objects cross by surrogate.</summary>
internal interface IMeter
{
    void Add(int amount);
}

/// <summary>Belongs to this process: it owns something that cannot travel.</summary>
internal sealed class Meter : IMeter, IProgress<int>
{
    private readonly Lock _lock = new();
    private int _sum;

    internal int Sum => _sum;

    internal object? Partner { get; init; }

    /// <summary>Typed as what has a surrogate.</summary>
    internal IMeter Face => this;

    /// <summary>For all tests: what is registered stays so.</summary>
    internal static void Register() => TravelSurrogates.Register<IMeter>(Replace);

    internal static ITravelSurrogate? Replace(IMeter meter) => meter is Meter here ? new RemoteMeter(here) { Partner = here.Partner } : null;

    public void Add(int amount) => Report(amount);

    internal int Read() => Sum;

    public void Report(int value)
    {
        lock (_lock)
            _sum += value;
    }
}

/// <summary>What travels in a <see cref="Meter"/>'s stead.</summary>
internal sealed class RemoteMeter(IProgress<int>? original) : IMeter, ITravelSurrogate
{
    internal object? Partner { get; set; }

    public void Add(int amount) => original!.Report(amount);
}

/// <summary>One that has the interface and travels all the same.</summary>
internal sealed class PlainMeter : IMeter
{
    internal int Sum { get; private set; }

    public void Add(int amount) => Sum += amount;
}
