using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

[Collection(nameof(Alone))]
public sealed class RefusedValueTests
{
    private readonly Stream _stream = Stream.Null;

    public static TheoryData<string> Kinds => [.. Refused().Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_means_something_in_its_own_process_only_is_refused_before_one_starts(string kind)
    {
        object value = Refused()[kind];

        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => Console.WriteLine(value)));

        Assert.StartsWith("captured 'value'", refusal.Path, StringComparison.Ordinal);
        Assert.EndsWith($" : {kind}", refusal.Path, StringComparison.Ordinal);
        Assert.StartsWith($"{refusal.Path} cannot travel to another process: ", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(NoChildLeft.Ids());
    }

    [Fact]
    public void The_path_leads_through_fields_properties_items_and_keys()
    {
        object stream = new MemoryStream();
        var job = new Job { Parts = [new Part(), new Part { Extras = new() { ["a"] = 1, ["b"] = stream } }] };

        AssertPath("captured 'job'.Parts[1].Extras[1].value : MemoryStream", () => Console.WriteLine(job));
    }

    [Fact]
    public void A_class_of_the_framework_that_derives_from_one_that_travels_is_refused_by_its_path()
    {
        object synchronized = System.Collections.Hashtable.Synchronized([]);
        object headers = new System.Net.WebHeaderCollection();

        AssertPath("captured 'synchronized' : SyncHashtable", () => Console.WriteLine(synchronized));
        AssertPath("captured 'headers' : WebHeaderCollection", () => Console.WriteLine(headers));
    }

    [Fact]
    public void The_path_leads_through_nested_scopes_lambdas_and_tuples()
    {
        foreach (int number in new[] { 1 })
        {
            (int, object) pair = (number, new MemoryStream());
            Func<object> inner = () => pair.Item2;

            AssertPath("captured 'pair'.Item2 : MemoryStream", () => Console.WriteLine(inner()));
        }
    }

    [Fact]
    public void The_path_tells_that_a_lambda_captured_this()
    {
        int number = 1;

        AssertPath("this._stream : NullStream", () => Console.WriteLine((_stream, number)));
    }

    [Fact]
    public void A_lambda_that_captured_this_alone_is_a_method_of_it() =>
        AssertPath("the target's object._stream : NullStream", () => Console.WriteLine(_stream));

    [Fact]
    public void The_path_of_an_argument_begins_with_its_parameter()
    {
        var child = new ChildProcess(Print, args: [new object[] { 1, new MemoryStream() }]);

        var refusal = Assert.Throws<TargetNotSupportedException>(child.Start);

        Assert.Equal("argument 'value'[1] : MemoryStream", refusal.Path);
    }

    [Fact]
    public void The_path_of_an_instance_target_begins_with_its_object()
    {
        var child = new ChildProcess(new Part { Extras = new() { ["a"] = new MemoryStream() } }.Print);

        var refusal = Assert.Throws<TargetNotSupportedException>(child.Start);

        Assert.Equal("the target's object.Extras[0].value : MemoryStream", refusal.Path);
    }

    [Fact]
    public void A_path_of_many_steps_shows_its_beginning_and_its_end()
    {
        var chain = Node.Chain(10_000);
        var last = chain;
        while (last.Next is { } next)
            last = next;
        last.Other = new MemoryStream();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(chain));

        Assert.StartsWith("value.Next.Next", refusal.Path, StringComparison.Ordinal);
        Assert.EndsWith("…" + string.Concat(Enumerable.Repeat(".Next", 7)) + ".Other : MemoryStream", refusal.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_on_top_of_one_that_stays_is_refused_with_its_base()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(new OwnStream()));

        Assert.Contains("its base MemoryStream belongs to this process", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(ProcessPool), "use ProcessPool.Shared or make a pool in the target")]
    [InlineData(typeof(DedicatedThreadPool), "use ProcessPool.Shared or make a pool in the target")]
    [InlineData(typeof(InlinePool), "use ProcessPool.Shared or make a pool in the target")]
    [InlineData(typeof(ChildProcess), "start a worker in the target")]
    [InlineData(typeof(ChildThread), "start a worker in the target")]
    [InlineData(typeof(ProcessGroup), "make a group in the target")]
    public void Pools_workers_and_groups_are_refused_with_the_way_out(Type type, string wayOut)
    {
        object captured = RuntimeHelpers.GetUninitializedObject(type);

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write((Func<string?>)(() => captured.ToString())));

        Assert.Equal($"value, captured 'captured' : {type.Name}", refusal.Path);
        Assert.Contains($": it belongs to this process; {wayOut}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_of_RunAsync_is_thrown_by_the_call_itself()
    {
        var stream = new MemoryStream();

        Assert.Throws<TargetNotSupportedException>(() => { _ = InChild.RunAsync(() => stream.Length); });
        Assert.Empty(NoChildLeft.Ids());
    }

    private static void AssertPath(string path, Action target) =>
        Assert.Equal(path, Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(target)).Path);

    private static void Print(object value) => Console.WriteLine(value);

    private static Dictionary<string, object> Refused() => new()
    {
        ["MemoryStream"] = new MemoryStream(),
        ["FileStream"] = File.OpenRead("/dev/null"),
        ["Thread"] = Thread.CurrentThread,
        ["Task<int>"] = Task.FromResult(1),
        ["ReaderWriterLockSlim"] = new ReaderWriterLockSlim(),
        ["SemaphoreSlim"] = new SemaphoreSlim(1),
        ["Timer"] = new Timer(static _ => { }),
        ["CancellationTokenSource"] = new CancellationTokenSource(),
        ["HttpClient"] = new HttpClient(),
        ["Lazy<int>"] = new Lazy<int>(static () => 1),
        ["WeakReference<string>"] = new WeakReference<string>(""),
        ["GCHandle"] = new List<object> { default(GCHandle) },
        ["Finalized"] = new Finalized(),
        ["Process"] = System.Diagnostics.Process.GetCurrentProcess(),
        ["int[]"] = Array.CreateInstance(typeof(int), [2], [1]),
    };

    private sealed class Job
    {
        public List<Part> Parts { get; init; } = [];
    }

    private sealed class Part
    {
        public Dictionary<string, object> Extras { get; init; } = [];

        internal void Print() => Console.WriteLine(Extras.Count);
    }

    private sealed class OwnStream : MemoryStream;

    private sealed class Finalized
    {
        ~Finalized() => Console.Write("");
    }
}
