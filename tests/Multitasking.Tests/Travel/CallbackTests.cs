using System.Runtime.Serialization;
using Xunit;

namespace Multitasking.Tests.Travel;

#pragma warning disable SYSLIB0050 // What classes say of themselves that are older than that.
/// <summary>Types whose authors said how they travel, by the attributes and interfaces that .NET has for it.</summary>
public sealed class CallbackTests
{
    [Fact]
    public async Task Methods_around_writing_and_reading_run_base_first_and_what_is_not_written_is_made_anew()
    {
        await EachWay.HoldsAsync(new Tree(["b", "a"]), static copy =>
        {
            Assert.Equal(["a", "b"], copy.Names);
            Assert.Equal(2, copy.Count);
            Assert.True(copy.IsCleared);
        });
    }

    [Fact]
    public void The_methods_are_called_in_order_and_after_all_is_written()
    {
        var said = new Said();

        var copy = Codec.ReadCall<Said>(Codec.WriteCall(said));

        Assert.Equal("writing, written", string.Join(", ", said.Calls));
        Assert.Equal("reading, read with 2, called back", string.Join(", ", copy.Calls));
    }

    [Fact]
    public void A_key_that_is_made_whole_by_its_method_is_hashed_after_it()
    {
        var map = Codec.RoundTrip(new Dictionary<Tree, int> { [new Tree(["b", "a"])] = 1 });

        Assert.Equal(1, map[new Tree(["a", "b"])]);
    }

    [Fact]
    public async Task An_object_that_names_another_is_replaced_by_it()
    {
        await EachWay.HoldsAsync<object[]>([Only.Value, Only.Value, new List<Color> { Color.Green, Color.Green }, Color.Red], static copy =>
        {
            Assert.Same(Only.Value, copy[0]);
            Assert.Same(Only.Value, copy[1]);
            Assert.All((List<Color>)copy[2], static one => Assert.Same(Color.Green, one));
            Assert.Same(Color.Red, copy[3]);
        });
    }

    [Fact]
    public void A_class_that_writes_itself_is_refused_and_one_that_derives_from_a_collection_is_not()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new object[] { new Selfish(5) }));

        Assert.Equal("value[0] : Selfish", refusal.Path);
        Assert.Contains("ISerializable", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, Codec.RoundTrip(new Ages { ["Ada"] = 1 })["Ada"]);
        Assert.Equal(7, Assert.IsType<Failure>(Codec.RoundTrip<Exception>(new Failure(7))).Code);
    }

    [Fact]
    public void What_cannot_be_made_whole_in_time_is_refused()
    {
        Assert.Contains("make it a class", Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new Struct { Name = "a" })).Message, StringComparison.Ordinal);
        Assert.Contains("IObjectReference", Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new Indirect())).Message, StringComparison.Ordinal);
    }

    /// <summary>As F# writes its maps.</summary>
    [Serializable]
    private class Cleared
    {
        [NonSerialized]
        private SortedSet<string> _names = [];

        private string[]? _written;

        internal SortedSet<string> Names => _names;

        internal bool IsCleared => _written is null;

        [OnSerializing]
        private void Write(StreamingContext context) => _written = [.. _names];

        [OnSerialized]
        private void Written(StreamingContext context) => _written = null;

        [OnDeserialized]
        private void Read(StreamingContext context) => (_names, _written) = ([.. _written!], null);
    }

    [Serializable]
    private sealed class Tree : Cleared
    {
        [NonSerialized]
        private int _count;

        internal Tree(string[] names)
        {
            Names.UnionWith(names);
            _count = Names.Count;
        }

        internal int Count => _count;

        public override bool Equals(object? obj) => obj is Tree other && Names.SetEquals(other.Names);

        public override int GetHashCode() => Names.Sum(static name => name[0]);

        [OnDeserialized]
        private void Count2(StreamingContext context) => _count = Names.Count;
    }

    private sealed class Said : IDeserializationCallback
    {
        [NonSerialized]
        private List<string>? _calls;

        internal List<string> Calls => _calls ??= [];

        private readonly List<int> _numbers = [1, 2];

        public void OnDeserialization(object? sender) => Calls.Add("called back");

        [OnSerializing]
        private void Writing(StreamingContext context) => Calls.Add("writing");

        [OnSerialized]
        private void Written(StreamingContext context) => Calls.Add("written");

        [OnDeserializing]
        private void Reading(StreamingContext context) => Calls.Add("reading");

        [OnDeserialized]
        private void Read(StreamingContext context) => Calls.Add($"read with {_numbers.Count}");
    }

    [Serializable]
    private sealed class Only : IObjectReference
    {
        internal static Only Value { get; } = new();

        public object GetRealObject(StreamingContext context) => Value;
    }

    [Serializable]
    private sealed class Color : IObjectReference
    {
        private static readonly Color[] s_all = [new(0, "red"), new(1, "green")];

        private readonly int _number;
        private readonly string _name;

        private Color(int number, string name) => (_number, _name) = (number, name);

        internal static Color Red => s_all[0];

        internal static Color Green => s_all[1];

        public object GetRealObject(StreamingContext context) => s_all[_number];

        public override string ToString() => _name;
    }

    private sealed class Selfish(int value) : ISerializable
    {
        public void GetObjectData(SerializationInfo info, StreamingContext context) => info.AddValue("value", value);
    }

    private sealed class Ages : Dictionary<string, int>;

    private sealed class Failure(int code) : Exception, ISerializable
    {
        internal int Code => code;
    }

    private struct Struct
    {
        internal string Name;

        [OnDeserialized]
        private void Read(StreamingContext context) => Name += "!";
    }

    private sealed class Indirect : IObjectReference
    {
        private readonly List<int> _path = [1];

        public object GetRealObject(StreamingContext context) => _path;
    }
}
#pragma warning restore SYSLIB0050
