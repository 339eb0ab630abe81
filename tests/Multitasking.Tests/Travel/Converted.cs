using System.Net;

namespace Multitasking.Tests.Travel;

/// <summary>Cannot travel by its fields, and says itself how it does.</summary>
[TravelConverter(typeof(ModelConverter))]
internal sealed class Model(string path, List<string>? words = null, object? extra = null)
{
    private readonly Lock _lock = new();

    internal string Path { get; } = path;

    internal List<string>? Words { get; } = words;

    internal object? Extra { get; } = extra;

    /// <summary>How many words there were when it was made.</summary>
    internal int WordsAtFirst { get; } = words?.Count ?? -1;

    internal long Length
    {
        get
        {
            lock (_lock)
                return Path.Length;
        }
    }
}

internal sealed record ModelParts(string Path, List<string>? Words, object? Extra);

internal sealed class ModelConverter : TravelConverter<Model, ModelParts>
{
    public override ModelParts ToSurrogate(Model value) => new(value.Path, value.Words, value.Extra);

    public override Model FromSurrogate(ModelParts surrogate) => new(surrogate.Path, surrogate.Words, surrogate.Extra);
}

/// <summary>An interface whose author says how its objects travel.</summary>
[TravelConverter(typeof(ShapeConverter))]
internal interface IFigure
{
    double Area { get; }
}

internal sealed class Disk(double radius) : IFigure
{
    private readonly Lock _lock = new();

    internal double Radius { get; } = radius;

    internal double Measure() => Area;

    public double Area
    {
        get
        {
            lock (_lock)
                return Radius * Radius * Math.PI;
        }
    }
}

internal sealed class ShapeConverter : TravelConverter<IFigure, double>
{
    public override double ToSurrogate(IFigure value) => ((Disk)value).Radius;

    public override IFigure FromSurrogate(double surrogate) => new Disk(surrogate);
}

/// <summary>For a class on which no attribute can be set, as the framework's.</summary>
internal sealed class CookieConverter : TravelConverter<Cookie, string[]>
{
    public override string[] ToSurrogate(Cookie value) => [value.Name, value.Value];

    public override Cookie FromSurrogate(string[] surrogate) => new(surrogate[0], surrogate[1]);
}

/// <summary>What a child may name, and its parent does not have.</summary>
internal sealed class ForeignConverter : TravelConverter<PlainMeter, int>
{
    internal static bool WasMade { get; private set; }

    public ForeignConverter() => WasMade = true;

    public override int ToSurrogate(PlainMeter value) => value.Sum;

    public override PlainMeter FromSurrogate(int surrogate) => new();
}

[TravelConverter(typeof(FailingConverter))]
internal sealed class Failing(bool failsThere)
{
    private readonly Lock _lock = new();

    internal bool FailsThere { get; } = failsThere;

    internal Lock Lock => _lock;
}

internal sealed class FailingConverter : TravelConverter<Failing, bool>
{
    public override bool ToSurrogate(Failing value) => value.FailsThere ? true : throw new FormatException("no form");

    public override Failing FromSurrogate(bool surrogate) => throw new FormatException("no object");
}

/// <summary>Says nothing of another class that arrives.</summary>
[TravelConverter(typeof(SilentConverter))]
internal interface ISilent;

internal sealed class Silent : ISilent
{
    internal Lock Lock { get; } = new();
}

internal sealed class OtherSilent : ISilent;

internal sealed class SilentConverter : TravelConverter<ISilent, int>
{
    public override int ToSurrogate(ISilent value) => 1;

    public override ISilent FromSurrogate(int surrogate) => new OtherSilent();
}
