using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Converters that a class names by its attribute: generic ones, and those that cannot be used.</summary>
public sealed class GenericConverterTests
{
    [Fact]
    public async Task Generic_class_names_a_converter_with_its_own_parameters() =>
        await EachWay.HoldsAsync<object>(
            new object[] { new Cell<int>(1), new Cell<Cell<string>>(new("a")), new Pair<int, List<string>>(1, ["b"]) }, static copy =>
            {
                object[] cells = (object[])copy;
                Assert.Equal(1, ((Cell<int>)cells[0]).Value);
                Assert.Equal("a", ((Cell<Cell<string>>)cells[1]).Value.Value);
                Assert.Equal("b", ((Pair<int, List<string>>)cells[2]).Second[0]);
            });

    [Fact]
    public void It_is_for_the_parameters_that_it_allows()
    {
        Assert.Equal("a", Codec.RoundTrip(new Classes<string>("a")).Value);

        Refused(new Classes<int>(1), "Classes<int>", "cannot be made for");
    }

    [Fact]
    public void Converter_that_cannot_be_used_is_refused_with_the_path_and_the_reason()
    {
        Refused(new Named<NoConverter>(), "Named<NoConverter>", "ConverterOf");
        Refused(new OfNothing(), "OfNothing", "converts nothing");
        Refused(new OfAnother(), "OfAnother", "and not for");
        Refused(new OfAbstract(), "OfAbstract", "is abstract");
        Refused(new OfPrivate(), "OfPrivate", "no public constructor");
        Refused(new OfFailing(), "OfFailing", "no settings");
    }

    private static void Refused(object value, string type, string reason)
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new[] { value }));

        Assert.Equal($"value[0] : {type}", refusal.Path);
        Assert.Contains("its converter cannot be used", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [TravelConverter(typeof(CellConverter<>))]
    private sealed class Cell<T>(T value)
    {
        private readonly Lock _lock = new();

        internal T Value
        {
            get
            {
                lock (_lock)
                    return value;
            }
        }
    }

    private sealed class CellConverter<T> : TravelConverter<Cell<T>, T>
    {
        public override T ToSurrogate(Cell<T> value) => value.Value;

        public override Cell<T> FromSurrogate(T surrogate) => new(surrogate);
    }

    [TravelConverter(typeof(PairConverter<,>))]
    private sealed class Pair<TFirst, TSecond>(TFirst first, TSecond second)
    {
        internal Lock Lock { get; } = new();

        internal TFirst First => first;

        internal TSecond Second => second;
    }

    private sealed class PairConverter<TFirst, TSecond> : TravelConverter<Pair<TFirst, TSecond>, (TFirst, TSecond)>
    {
        public override (TFirst, TSecond) ToSurrogate(Pair<TFirst, TSecond> value) => (value.First, value.Second);

        public override Pair<TFirst, TSecond> FromSurrogate((TFirst, TSecond) surrogate) => new(surrogate.Item1, surrogate.Item2);
    }

    [TravelConverter(typeof(ClassesConverter<>))]
    private sealed class Classes<T>(T value)
    {
        internal Lock Lock { get; } = new();

        internal T Value => value;
    }

    private sealed class ClassesConverter<T> : TravelConverter<Classes<T>, T>
        where T : class
    {
        public override T ToSurrogate(Classes<T> value) => value.Value;

        public override Classes<T> FromSurrogate(T surrogate) => new(surrogate);
    }

    [TravelConverter(typeof(ConverterOf<,>))]
    private sealed class Named<T>;

    private sealed class NoConverter;

    private sealed class ConverterOf<TFirst, TSecond>;

    [TravelConverter(typeof(NoConverter))]
    private sealed class OfNothing;

    [TravelConverter(typeof(CellConverter<int>))]
    private sealed class OfAnother;

    [TravelConverter(typeof(AbstractConverter))]
    private sealed class OfAbstract;

    private abstract class AbstractConverter : TravelConverter<OfAbstract, int>;

    [TravelConverter(typeof(PrivateConverter))]
    private sealed class OfPrivate;

    private sealed class PrivateConverter : TravelConverter<OfPrivate, int>
    {
        private PrivateConverter()
        {
        }

        public override int ToSurrogate(OfPrivate value) => 0;

        public override OfPrivate FromSurrogate(int surrogate) => new();
    }

    [TravelConverter(typeof(FailingConverter))]
    private sealed class OfFailing;

    private sealed class FailingConverter : TravelConverter<OfFailing, int>
    {
        public FailingConverter() => throw new InvalidOperationException("no settings");

        public override int ToSurrogate(OfFailing value) => 0;

        public override OfFailing FromSurrogate(int surrogate) => new();
    }
}
