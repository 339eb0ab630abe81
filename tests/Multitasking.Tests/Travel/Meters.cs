namespace Multitasking.Tests.Travel;

/// <summary>An interface whose objects are converted.</summary>
internal interface IMeter
{
    void Add(int amount);
}

/// <summary>Belongs to this process: it owns something that cannot travel.</summary>
internal sealed class Meter : IMeter
{
    private readonly Lock _lock = new();
    private int _sum;

    internal int Sum => _sum;

    internal object? Partner { get; init; }

    /// <summary>Typed as what is converted.</summary>
    internal IMeter Face => this;

    /// <summary>For all tests: what is registered stays so.</summary>
    internal static void Register() => TravelConverters.Register<MeterConverter>();

    public void Add(int amount)
    {
        lock (_lock)
            _sum += amount;
    }

    internal int Read() => Sum;
}

/// <summary>Adds to a <see cref="Meter"/> what is reported.</summary>
internal sealed class Reported(Meter meter) : IProgress<int>
{
    public void Report(int value) => meter.Add(value);
}

/// <summary>What becomes of a <see cref="Meter"/> in a child.</summary>
internal sealed class RemoteMeter(RemoteMeter.Parts parts) : IMeter
{
    internal Parts Surrogate => parts;

    internal object? Partner => parts.Partner;

    public void Add(int amount) => parts.Original!.Report(amount);

    internal sealed record Parts(IProgress<int>? Original, object? Partner);
}

/// <summary>One that has the interface and travels all the same.</summary>
internal sealed class PlainMeter : IMeter
{
    internal int Sum { get; private set; }

    public void Add(int amount) => Sum += amount;
}

/// <summary>By reference: what arrives reports to the original.</summary>
internal sealed class MeterConverter : TravelConverter<IMeter, RemoteMeter.Parts>
{
    public override bool OnlyToChildren => true;

    public override bool CanConvert(Type type) => type == typeof(Meter) || type == typeof(RemoteMeter);

    public override Type ArrivingType(IMeter value) => typeof(RemoteMeter);

    public override RemoteMeter.Parts ToSurrogate(IMeter value) =>
        value is Meter here ? new RemoteMeter.Parts(new Reported(here), here.Partner) : ((RemoteMeter)value).Surrogate;

    public override IMeter FromSurrogate(RemoteMeter.Parts surrogate) => new RemoteMeter(surrogate);
}
