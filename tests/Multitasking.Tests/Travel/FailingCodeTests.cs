using System.Runtime.Serialization;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>
/// Code of the program that fails while its objects are written or made: the one who sends is refused, the one who reads is told by an
/// exception of its own with the path, and no worker and no shared object is lost by it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FailingCodeTests : WorkerTest
{
    private static readonly Fragile.Fault[] s_reading =
        [Fragile.Fault.Converter, Fragile.Fault.Null, Fragile.Fault.Callback, Fragile.Fault.Comparer, Fragile.Fault.Hash];

    public static TheoryData<Fragile.Fault> Reading => [.. s_reading];

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task Answer_whose_reading_fails_is_told_with_the_path_and_its_worker_lives(Fragile.Fault fault)
    {
        await using var pool = new ProcessPool(workers: 1);
        int worker = await pool.RunAsync(static () => Environment.ProcessId, Cancelled);

        var result = await Assert.ThrowsAsync<ObjectNotMadeException>(() => pool.RunAsync(Fragile.Make, fault, Cancelled));
        var mapped = await Assert.ThrowsAsync<ObjectNotMadeException>(() => pool.MapAsync([fault], Fragile.Make, Cancelled));
        var report = await Assert.ThrowsAsync<ObjectNotMadeException>(() =>
            pool.RunAsync(Fragile.Report, fault, new Progress<Fragile.Box>(), Cancelled));
        var child = await Assert.ThrowsAsync<ObjectNotMadeException>(() => InChild.RunAsync(() => Fragile.Make(fault)));

        Assert.All([result, mapped, report, child], failed => Fragile.AssertTold(fault, failed));
        Assert.Equal(worker, await pool.RunAsync(static () => Environment.ProcessId, Cancelled));
    }

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task Argument_whose_reading_fails_is_told_with_the_path_and_its_worker_lives(Fragile.Fault fault)
    {
        await using var pool = new ProcessPool(workers: 1);
        int worker = await pool.RunAsync(static () => Environment.ProcessId, Cancelled);

        var failed = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(Fragile.Take, Fragile.Of(fault), Cancelled));

        Fragile.AssertTold(fault, Assert.IsType<ObjectNotMadeException>(failed.InnerException));
        Assert.Equal(worker, await pool.RunAsync(static () => Environment.ProcessId, Cancelled));
    }

    [Theory]
    [MemberData(nameof(Reading))]
    public void Message_whose_reading_fails_is_told_with_the_path_and_the_next_one_comes(Fragile.Fault fault)
    {
        using var channel = ProcessChannel.CreateBounded<Fragile.Box>(2);
        channel.Writer.Write(Fragile.Of(fault), Cancelled);
        channel.Writer.Write(new Fragile.Box("whole"), Cancelled);

        Fragile.AssertTold(fault, Assert.Throws<ObjectNotMadeException>(() => channel.Reader.Read(Cancelled)));
        Assert.Equal("whole", channel.Reader.Read(Cancelled).Content);
    }

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task Shared_object_lives_on_when_the_reading_of_a_call_or_its_result_fails(Fragile.Fault fault)
    {
        var shelf = await SharedObject.StartAsync<IShelf>(static () => new Shelf(), cancellationToken: Cancelled);
        int home = SharedObject.ProcessOf(shelf);

        var put = Assert.Throws<RemoteException>(() => shelf.Put(Fragile.Of(fault)));
        var taken = Assert.Throws<ObjectNotMadeException>(() => shelf.Take(fault));

        Fragile.AssertTold(fault, Assert.IsType<ObjectNotMadeException>(put.InnerException));
        Fragile.AssertTold(fault, taken);
        Assert.Equal(1, shelf.Put(new Fragile.Box("whole")));
        Assert.Equal(home, SharedObject.ProcessOf(shelf));
        SharedObject.Release(shelf);
    }

    [Theory]
    [InlineData(Fragile.Fault.Writing, "Fragile.Unwritten.Prepare")]
    [InlineData(Fragile.Fault.Written, "Fragile.Uncleared.Clear")]
    [InlineData(Fragile.Fault.StandIn, "Fragile.Unfound.GetRealObject")]
    [InlineData(Fragile.Fault.NoStandIn, "Fragile.Nobody.GetRealObject")]
    public async Task Object_whose_writing_fails_is_refused_by_the_one_who_sends_it(Fragile.Fault fault, string code)
    {
        await using var pool = new ProcessPool(workers: 1);

        var argument = Assert.Throws<TargetNotSupportedException>(() =>
        {
            _ = pool.RunAsync(Fragile.Take, Fragile.Of(fault), Cancelled);
        });
        var result = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(Fragile.Make, fault, Cancelled));

        string name = code.Split('.')[1];
        Assert.Equal($"argument 'box'.Content : {name}", argument.Path);
        Assert.Contains(code.Split('.', 2)[1], argument.Message, StringComparison.Ordinal);
        Assert.Equal($"the result.Content : {name}", Assert.IsType<TargetNotSupportedException>(result.InnerException).Path);
    }

    [Fact]
    public void Path_goes_by_fields_items_and_keys_and_by_captured_variables()
    {
        object[] deep = [new List<object> { 1, new Dictionary<string, object> { ["a"] = new Fragile.Box(new Fragile.Unready()) } }];
        Func<object> captured = () => deep;

        var failed = Assert.Throws<ObjectNotMadeException>(() => Codec.ReadCall<Func<object>>(Codec.WriteCall(captured)));

        Assert.Equal("captured 'deep'[0][1][0].Content : Unready", failed.Path);
        Assert.IsType<FormatException>(failed.InnerException);
    }

    private interface IShelf
    {
        int Put(Fragile.Box box);

        Fragile.Box Take(Fragile.Fault fault);
    }

    private sealed class Shelf : IShelf
    {
        private int _count;

        public int Put(Fragile.Box box) => ++_count;

        public Fragile.Box Take(Fragile.Fault fault) => Fragile.Of(fault);
    }
}

#pragma warning disable SYSLIB0050 // What classes say of themselves that are older than that.
/// <summary>Objects whose own code fails at one moment of their travel.</summary>
public static class Fragile
{
    /// <summary>The code that fails.</summary>
    public enum Fault
    {
        Converter,
        Null,
        Callback,
        Comparer,
        Hash,
        Writing,
        Written,
        StandIn,
        NoStandIn,
    }

    private static readonly int s_home = Environment.ProcessId;

    public static Box Make(Fault fault) => Of(fault);

    public static int Take(Box box) => box.Content.GetHashCode();

    public static void Report(Fault fault, IProgress<Box> progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        progress.Report(Of(fault));
    }

    public static Box Of(Fault fault) => new(fault switch
    {
        Fault.Converter => new Unmade(),
        Fault.Null => new Nothing(),
        Fault.Callback => new Unready(),
        Fault.Comparer => new SortedSet<int>(new Choosy(s_home)) { 2, 1 },
        Fault.Hash => new Dictionary<object, int> { [new Unhashed(s_home)] = 1 },
        Fault.Writing => new Unwritten(),
        Fault.Written => new Uncleared(),
        Fault.StandIn => new Unfound(),
        _ => new Nobody(),
    });

    internal static void AssertTold(Fault fault, ObjectNotMadeException failed)
    {
        var (type, code, cause) = fault switch
        {
            Fault.Converter => ("Unmade", "UnmadeConverter.FromSurrogate()", typeof(FormatException)),
            Fault.Null => ("Nothing", "NothingConverter.FromSurrogate()", typeof(InvalidOperationException)),
            Fault.Callback => ("Unready", "Unready.Rebuild", typeof(FormatException)),
            Fault.Comparer => ("SortedSet<int>", "the comparison of its items", typeof(InvalidOperationException)),
            _ => ("Dictionary<object, int>", "the comparison of its keys", typeof(FormatException)),
        };
        Assert.Equal($"Box.Content : {type}", failed.Path);
        Assert.Contains(code, failed.Message, StringComparison.Ordinal);
        Assert.IsType(cause, failed.InnerException);
    }

    public sealed record Box(object Content);

    [TravelConverter(typeof(UnmadeConverter))]
    private sealed class Unmade;

    private sealed class UnmadeConverter : TravelConverter<Unmade, string>
    {
        public override string ToSurrogate(Unmade value) => "a";

        public override Unmade FromSurrogate(string surrogate) => throw new FormatException(surrogate);
    }

    [TravelConverter(typeof(NothingConverter))]
    private sealed class Nothing;

    private sealed class NothingConverter : TravelConverter<Nothing, string>
    {
        public override string ToSurrogate(Nothing value) => "a";

        public override Nothing FromSurrogate(string surrogate) => null!;
    }

    internal sealed class Unready
    {
        [OnDeserialized]
        private void Rebuild(StreamingContext context) => throw new FormatException($"{this} is not ready");
    }

    /// <summary>Compares where it was made, and in no copy.</summary>
    private sealed class Choosy(int home) : IComparer<int>
    {
        [NonSerialized]
        private readonly int _home = home;

        public int Compare(int x, int y) => _home == 0 ? throw new FormatException("not at home") : x.CompareTo(y);
    }

    private sealed class Unhashed(int home)
    {
        [NonSerialized]
        private readonly int _home = home;

        public override int GetHashCode() => _home == 0 ? throw new FormatException("not at home") : 1;

        public override bool Equals(object? obj) => obj is Unhashed;
    }

    private sealed class Unwritten
    {
        [OnSerializing]
        private void Prepare(StreamingContext context) => throw new FormatException($"{this} is not prepared");
    }

    private sealed class Uncleared
    {
        [OnSerialized]
        private void Clear(StreamingContext context) => throw new FormatException($"{this} is not cleared");
    }

    private sealed class Unfound : IObjectReference
    {
        public object GetRealObject(StreamingContext context) => throw new FormatException("not found");
    }

    private sealed class Nobody : IObjectReference
    {
        public object GetRealObject(StreamingContext context) => null!;
    }
}
#pragma warning restore SYSLIB0050
