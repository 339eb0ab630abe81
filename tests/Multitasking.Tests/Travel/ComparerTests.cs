using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>
/// Comparers that stand by themselves. Those that compare as a culture does are lines of <c>Multitasking.Cultures</c> too.
/// </summary>
public sealed class ComparerTests
{
    [Fact]
    public async Task What_each_process_has_one_of_is_that_of_the_process_where_it_arrives()
    {
        await EachWay.HoldsAsync<object[]>(All(), static copy =>
        {
            object[] own = All();
            Assert.All(copy.Zip(own), static pair => Assert.Same(pair.Second, pair.First));
        });
    }

    [Fact]
    public void Comparers_of_cultures_compare_as_before()
    {
        var comparer = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols);

        Assert.Equal(comparer, Codec.RoundTrip(comparer));
        Assert.Equal(0, Codec.RoundTrip(new Comparer(CultureInfo.InvariantCulture)).Compare("a", "a"));
    }

    [Fact]
    public void A_set_keeps_an_order_that_is_no_default()
    {
        var total = Codec.RoundTrip(new SortedSet<double>(new TotalOrderIeee754Comparer<double>()) { 0.0, -0.0 });

        Assert.Equal(2, total.Count);
        Assert.IsType<TotalOrderIeee754Comparer<double>>(total.Comparer);
    }

    private static object[] All() =>
    [
        DBNull.Value, Missing.Value, EventArgs.Empty, ReferenceEqualityComparer.Instance, StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase,
        StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase, Comparer.Default, Comparer.DefaultInvariant,
        StructuralComparisons.StructuralComparer, StructuralComparisons.StructuralEqualityComparer, EqualityComparer<string>.Default,
        EqualityComparer<int>.Default, EqualityComparer<byte>.Default, EqualityComparer<int?>.Default, EqualityComparer<DayOfWeek>.Default,
        EqualityComparer<Address>.Default, EqualityComparer<object>.Default, Comparer<string>.Default, Comparer<int>.Default, Comparer<int?>.Default,
        Comparer<DayOfWeek>.Default, Comparer<object>.Default, CultureInfo.InvariantCulture, NumberFormatInfo.InvariantInfo, DateTimeFormatInfo.InvariantInfo,
        TimeZoneInfo.Utc, TimeZoneInfo.Local,
    ];
}
