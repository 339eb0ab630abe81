using System.Globalization;
using Multitasking.Invocation;
using Xunit;

namespace Multitasking.Tests.Arguments;

public sealed class NumericConversionTests
{
    private static readonly Dictionary<Type, object> s_values = new()
    {
        [typeof(sbyte)] = (sbyte)-7,
        [typeof(byte)] = (byte)7,
        [typeof(short)] = (short)-7,
        [typeof(ushort)] = (ushort)7,
        [typeof(int)] = -7,
        [typeof(uint)] = 7u,
        [typeof(long)] = -7L,
        [typeof(ulong)] = 7ul,
        [typeof(nint)] = (nint)(-7),
        [typeof(nuint)] = (nuint)7,
        [typeof(char)] = 'a',
        [typeof(float)] = 7.5f,
        [typeof(double)] = 7.5,
        [typeof(decimal)] = 7.5m,
        [typeof(bool)] = true,
        [typeof(DayOfWeek)] = DayOfWeek.Friday,
    };

    /// <summary>The table of the C# reference, "Implicit numeric conversions".</summary>
    private static readonly Dictionary<Type, Type[]> s_legal = new()
    {
        [typeof(sbyte)] = [typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal), typeof(nint)],
        [typeof(byte)] =
        [
            typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal),
            typeof(nint), typeof(nuint),
        ],
        [typeof(short)] = [typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal), typeof(nint)],
        [typeof(ushort)] =
        [
            typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(nint), typeof(nuint),
        ],
        [typeof(int)] = [typeof(long), typeof(float), typeof(double), typeof(decimal), typeof(nint)],
        [typeof(uint)] = [typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(nuint)],
        [typeof(long)] = [typeof(float), typeof(double), typeof(decimal)],
        [typeof(ulong)] = [typeof(float), typeof(double), typeof(decimal)],
        [typeof(char)] =
        [
            typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal),
            typeof(nint), typeof(nuint),
        ],
        [typeof(float)] = [typeof(double)],
        [typeof(nint)] = [typeof(long), typeof(float), typeof(double), typeof(decimal)],
        [typeof(nuint)] = [typeof(ulong), typeof(float), typeof(double), typeof(decimal)],
    };

    public static TheoryData<Type, Type> Pairs =>
        [.. from @from in s_values.Keys from to in s_values.Keys where @from != to select (@from, to)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_value_converts_exactly_where_the_language_does_it_implicitly(Type from, Type to)
    {
        bool isLegal = s_legal.TryGetValue(from, out var legal) && legal.Contains(to);

        object? converted = NumericConversion.TryConvert(s_values[from], to);

        Assert.Equal(isLegal ? to : null, converted?.GetType());
        if (converted is not null)
            Assert.Equal(Plain(s_values[from]), Plain(converted));
    }

    [Fact]
    public void An_integer_beyond_the_precision_of_a_float_is_rounded_as_a_cast_does()
    {
        Assert.Equal((float)long.MaxValue, NumericConversion.TryConvert(long.MaxValue, typeof(float)));
        Assert.Equal((double)ulong.MaxValue, NumericConversion.TryConvert(ulong.MaxValue, typeof(double)));
        Assert.Equal((float)int.MaxValue, NumericConversion.TryConvert(int.MaxValue, typeof(float)));
    }

    [Fact]
    public void A_value_converts_on_the_way_to_a_nullable_one_too()
    {
        Delegate target = (long? number) => { };

        Assert.Equal([7L], ArgumentBinder.Bind(target.Method, 0, [7], null));
    }

    private static string Plain(object value) =>
        string.Format(CultureInfo.InvariantCulture, "{0}", value is char letter ? (int)letter : value);
}
