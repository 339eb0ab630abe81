using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using System.Text;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Types of a program that are more, or less, than they look: they arrive whole, or are refused where they are sent.</summary>
public sealed class OddTypeTests
{
    [Fact]
    public async Task Derived_collection_arrives_as_it_is_whatever_it_has_in_place_of_the_base_s_members()
    {
        await EachWay.HoldsAsync(new Reversed { 1, 2, 3 }, static copy =>
        {
            Assert.Equal([1, 2, 3], copy.ToArray());
            var seen = new List<int>();
            foreach (int item in (IEnumerable<int>)copy)
                seen.Add(item);
            Assert.Equal([3, 2, 1], seen);
        });
        await EachWay.HoldsAsync(
            new Shy { ["a"] = 1, ["b"] = 2 }, static copy => Assert.Equal((2, 1, 2), (copy.Count, copy["a"], copy["b"])));
        await EachWay.HoldsAsync(new Veiled { 1, 2, 3 }, static copy => Assert.Equal((3, true), (copy.Count, copy.SetEquals([1, 2, 3]))));
        await EachWay.HoldsAsync(
            new Chain(1, 2), static copy => Assert.Equal((2, 1, 2), (copy.Count, copy.First!.Value, copy.Last!.Value)));
        await EachWay.HoldsAsync(new Pile { 1, "b" }, static copy => Assert.Equal((2, 1, "b"), (copy.Count, copy[0], copy[1])));
    }

    [Fact]
    public async Task Empty_array_of_several_dimensions_keeps_their_lengths() =>
        await EachWay.HoldsAsync<Array[]>([new string[3, 0], new object[0, 1000], new int[5, 0, 7], new (string, int)[9, 0]], static copy =>
        {
            Assert.Equal((3, 0), (copy[0].GetLength(0), copy[0].GetLength(1)));
            Assert.Equal((0, 1000), (copy[1].GetLength(0), copy[1].GetLength(1)));
            Assert.Equal((5, 0, 7), (copy[2].GetLength(0), copy[2].GetLength(1), copy[2].GetLength(2)));
            Assert.Equal(9, copy[3].GetLength(0));
        });

    [Fact]
    public void Fields_of_different_classes_in_one_place_are_refused_and_numbers_beside_an_object_are_not()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new object[] { new Either { Text = "a" } }));
        var held = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new EitherClass { Text = "a" }));

        Assert.Equal("value[0] : Either", refusal.Path);
        Assert.Contains("Any and Text lie in one place", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("value : EitherClass", held.Path);
        var copy = Codec.RoundTrip(new Tagged { Text = "a", Fraction = 1.5f });
        Assert.Equal(("a", 1.5f, BitConverter.SingleToInt32Bits(1.5f)), (copy.Text, copy.Fraction, copy.Number));
    }

    [Fact]
    public unsafe void Function_pointer_in_a_field_is_refused_with_the_path()
    {
        object[] held = [new Pointing { Twice = &Pointing.Double }];

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(held));

        Assert.Equal("value[0] : Pointing", refusal.Path);
        Assert.Contains("make it a delegate", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void Array_of_pointers_is_refused_with_the_path()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new object[] { new int*[1] }));

        Assert.StartsWith("value[0] : ", refusal.Path, StringComparison.Ordinal);
        Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new PointingAll { All = new delegate*<int, int>[1] }));
        Assert.Null(Codec.RoundTrip(new PointingAll()).All);
    }

    [Fact]
    public void Collection_whose_items_became_equal_is_told_and_none_is_lost()
    {
        Label one = new("a"), other = new("b");
        var pairs = new Dictionary<Label, int> { [one] = 1, [other] = 2 };
        object[] late = [new HashSet<Label> { one, other }, ImmutableHashSet.Create(one, other), pairs];
        object[] early = [FrozenSet.Create(one, other), new[] { one, other }.ToLookup(static label => label)];
        var sorted = new SortedSet<Label>([one, other]);
        other.Text = "a";

        foreach (object collection in late.Append(sorted))
        {
            var told = Assert.Throws<ObjectNotMadeException>(() => Codec.ReadCall<object[]>(Codec.WriteCall(new[] { collection })));
            Assert.StartsWith("object[][0] : ", told.Path, StringComparison.Ordinal);
        }
        foreach (object collection in early)
        {
            var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new[] { collection }));
            Assert.StartsWith("value[0] : ", refusal.Path, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(typeof(int*))]
    [InlineData(typeof(List<>), true)]
    public void Type_that_cannot_be_named_is_refused_with_the_path(Type type, bool ofParameter = false)
    {
        object[] held = [ofParameter ? type.GetGenericArguments()[0] : type];

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(held));

        Assert.Equal("value[0]", refusal.Path);
        Assert.Contains("send its name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_fields_of_an_exception_arrive_by_what_they_hold_whatever_they_are_declared_as() =>
        await EachWay.HoldsAsync<Exception>(new Detailed(3, DayOfWeek.Friday, new int[,] { { 1 } }), static copy =>
        {
            var detailed = Assert.IsType<Detailed>(copy);
            Assert.Equal((3, DayOfWeek.Friday, 1), (detailed.Count!.Value.Value, detailed.Day, ((int[,])detailed.Table)[0, 0]));
        });

    [Fact]
    public void Field_of_an_exception_that_is_declared_as_what_cannot_travel_stays_behind()
    {
        var copy = Codec.RoundTrip(new Holding(new MemoryStream(), Encoding.UTF8) { Number = 5 });

        Assert.Equal((5, null, Encoding.UTF8), (copy.Number, copy.Stream, copy.Encoding));
    }

    [Fact]
    public void Methods_that_an_exception_marked_are_called() =>
        Assert.Equal("made of 5", Codec.RoundTrip(new Rebuilt(5)).Text);

    [Fact]
    public void Exception_whose_own_members_fail_arrives() =>
        Assert.Equal(5, Codec.RoundTrip(new Broken { Number = 5 }).Number);

    [Fact]
    public void Data_of_an_exception_that_holds_it_goes_as_text_where_the_reader_would_refuse_it()
    {
        var exception = new InvalidOperationException("m");
        exception.Data["self"] = exception;

        Assert.IsType<string>(Codec.Read<Exception>(Codec.Write<Exception>(exception)).Data["self"]);
        using var channel = ProcessChannel.CreateBounded<Exception>(1);
        channel.Writer.Write(exception, TestContext.Current.CancellationToken);
        Assert.IsType<string>(channel.Reader.Read(TestContext.Current.CancellationToken).Data["self"]);
    }

    [Fact]
    public async Task Progress_may_be_of_an_interface_an_abstract_class_or_a_nullable_struct()
    {
        await using var pool = new ProcessPool(workers: 1);
        var faces = new Heard<IReadOnlyList<string>>();
        var values = new Heard<Enum>();
        var nullables = new Heard<(string, int)?>();
        IProgress<IReadOnlyList<string>> face = faces;
        IProgress<Enum> value = values;
        IProgress<(string, int)?> nullable = nullables;

        await pool.RunAsync(
            () =>
            {
                face.Report(["a", "b"]);
                value.Report(DayOfWeek.Friday);
                nullable.Report(("a", 1));
                nullable.Report(null);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], Assert.Single(faces.Values));
        Assert.Equal(DayOfWeek.Friday, Assert.Single(values.Values));
        Assert.Equal([("a", 1), null], nullables.Values);
    }

    [Fact]
    public async Task Report_that_reflection_takes_for_an_argument_left_out_arrives()
    {
        await using var pool = new ProcessPool(workers: 1);
        var heard = new Heard<object>();

        await pool.RunAsync(static (IProgress<object> progress) => progress.Report(Missing.Value), heard, TestContext.Current.CancellationToken);

        Assert.Same(Missing.Value, Assert.Single(heard.Values));
    }

    private sealed class Reversed : List<int>, IEnumerable<int>
    {
        IEnumerator<int> IEnumerable<int>.GetEnumerator()
        {
            for (int i = Count - 1; i >= 0; i--)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<int>)this).GetEnumerator();
    }

    private sealed class Veiled : HashSet<int>, IEnumerable<int>
    {
        IEnumerator<int> IEnumerable<int>.GetEnumerator() => ((IEnumerable<int>)[]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => Array.Empty<int>().GetEnumerator();
    }

    private sealed class Shy : Dictionary<string, int>, IDictionary
    {
        int ICollection.Count => throw new InvalidOperationException();

        IDictionaryEnumerator IDictionary.GetEnumerator() => throw new InvalidOperationException();

        void IDictionary.Add(object key, object? value) => throw new InvalidOperationException();
    }

    private sealed class Chain : LinkedList<int>, ICollection
    {
        internal Chain(params ReadOnlySpan<int> items)
        {
            foreach (int item in items)
                AddLast(item);
        }

        int ICollection.Count => throw new InvalidOperationException();
    }

    private sealed class Pile : ArrayList
    {
        public override IEnumerator GetEnumerator() => throw new InvalidOperationException();
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Either
    {
        [FieldOffset(0)]
        public object Any;

        [FieldOffset(0)]
        public string Text;
    }

    [StructLayout(LayoutKind.Explicit)]
    private sealed class EitherClass
    {
        [FieldOffset(0)]
        public IComparable? Any;

        [FieldOffset(0)]
        public string? Text;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Tagged
    {
        [FieldOffset(0)]
        public string Text;

        [FieldOffset(8)]
        public int Number;

        [FieldOffset(8)]
        public float Fraction;
    }

    private sealed unsafe class Pointing
    {
        public delegate*<int, int> Twice;

        internal static int Double(int number) => 2 * number;
    }

    private sealed unsafe class PointingAll
    {
        public delegate*<int, int>[]? All { get; init; }
    }

    private sealed class Label(string text) : IEquatable<Label>, IComparable<Label>
    {
        internal string Text { get; set; } = text;

        public bool Equals(Label? other) => other?.Text == Text;

        public override bool Equals(object? obj) => Equals(obj as Label);

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

        public int CompareTo(Label? other) => string.CompareOrdinal(Text, other?.Text);
    }

    private readonly record struct Amount(int Value, string Unit);

    private sealed class Detailed(int count, Enum day, Array table) : Exception("detailed")
    {
        public Amount? Count { get; } = new Amount(count, "a");

        public Enum Day { get; } = day;

        public Array Table { get; } = table;
    }

    private sealed class Holding(Stream stream, Encoding encoding) : Exception("holding")
    {
        public int Number { get; init; }

        public Stream? Stream { get; } = stream;

        public Encoding? Encoding { get; } = encoding;
    }

    private sealed class Rebuilt(int number) : Exception("rebuilt")
    {
        [NonSerialized]
        private string? _text;

        public string? Text => _text;

        [OnDeserialized]
        private void Rebuild(StreamingContext context) => _text = $"made of {number}";
    }

    private sealed class Broken : Exception
    {
        public int Number { get; init; }

        public override string Message => throw new InvalidOperationException();

        public override string StackTrace => throw new InvalidOperationException();

        public override string? HelpLink
        {
            get => throw new InvalidOperationException();
            set => throw new InvalidOperationException();
        }

        public override string? Source
        {
            get => throw new InvalidOperationException();
            set => throw new InvalidOperationException();
        }
    }

    private sealed class Heard<T> : IProgress<T>
    {
        internal List<T> Values { get; } = [];

        public void Report(T value) => Values.Add(value);
    }
}
