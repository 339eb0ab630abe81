#:project ../../src/Multitasking/Multitasking.csproj
// The same list of promises for every shape of host: this file is a file-based program, and Shapes.csproj publishes it in all others.
using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Drawing;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Multitasking;
using Multitasking.Synchronization;

string trace = await ChildProcess.RunAsync(() => Environment.StackTrace);
Console.WriteLine($"taken over by {Doors.Of(trace)}");

int captured = 20;
int[] loop = [1, 2, 3];
Console.WriteLine($"captured variables: {await ChildProcess.RunAsync(() => captured + loop.Sum())}");

var sum = new ChildProcess(Arguments.Check, [1L], new Dictionary<string, object?> { ["name"] = "two" });
sum.Start();
sum.Join();
Console.WriteLine($"named arguments and exit code: {sum.ExitCode}");

try
{
    await ChildProcess.RunAsync(() => throw new InvalidOperationException("wrong"));
}
catch (RemoteException e)
{
    Console.WriteLine($"exception: {e.TypeName}, {(e.ToString().Contains(nameof(Program), StringComparison.Ordinal) ? "with its trace" : e.ToString())}");
}

Console.WriteLine($"grandchild: {await ChildProcess.RunAsync(async () => await ChildProcess.RunAsync(() => captured) + 1)}");

var reports = new List<int>();
await ChildProcess.RunAsync(Reporting.Of(new Collector(reports)));
Console.WriteLine($"progress: {string.Join(' ', reports)}");

var asked = new ChildProcess(Asked.Run) { TerminationGrace = TimeSpan.FromSeconds(30) };
asked.Start();
asked.Terminate();
asked.Join();
Console.WriteLine($"token before the signal: {asked.ExitCode}");

try
{
    await ChildProcess.RunAsync(() => Thread.Sleep(Timeout.Infinite), TimeSpan.FromMilliseconds(200));
}
catch (TaskTimeoutException)
{
    Console.WriteLine("time limit: kept");
}

var unobserved = ChildProcess.Start(() => throw new InvalidOperationException("nobody looks"));
unobserved.Join();
Console.WriteLine($"unobserved failure: {unobserved.ExitCode}");

await using (var pool = new ProcessPool(workers: 2))
{
    Console.WriteLine($"pool, captured variables: {await pool.RunAsync(() => captured + loop.Sum())}");
    var shifted = await pool.MapAsync(loop, async x =>
    {
        await Task.Yield();
        return new Shifted($"{x}+{captured}", x + captured);
    });
    Console.WriteLine($"pool, map: {string.Join(' ', shifted.Select(static one => $"{one.Text}={one.Sum}"))}");
    var moved = await pool.RunAsync(static (one, by) => one with { Sum = one.Sum + by }, shifted[0], 0.5m);
    Console.WriteLine($"pool, record: {moved.Text}={moved.Sum.ToString(CultureInfo.InvariantCulture)}");
    await pool.RunAsync(static () => Thread.Sleep(1));
    await pool.ForEachAsync(loop, static _ => Task.Yield());
    try
    {
        await pool.RunAsync(() => Environment.FailFast(null));
    }
    catch (WorkerLostException e)
    {
        Console.WriteLine($"pool, dead worker: {e.ExitCode}, then {await pool.RunAsync(static x => -x, 1)}");
    }
}

using (var numbers = ProcessChannel.CreateBounded<int>(4))
using (var records = ProcessChannel.CreateUnbounded<Shifted>())
using (var mutex = new ProcessMutex())
using (var memory = new SharedArray<long>(100))
{
    var (source, sink) = (numbers.Reader, records.Writer);
    var adder = ChildProcess.Start(() =>
    {
        for (int i = 0; i < 10; i++)
            using (mutex.Enter())
                memory[i] = source.Read();
        sink.Write(new Shifted("sum", memory.Span.ToArray().Sum()));
    });
    sink.Dispose();
    for (int i = 0; i < 10; i++)
        numbers.Writer.Write(i);
    await foreach (var record in records.Reader.ReadAllAsync())
        Console.WriteLine($"channels, a lock, shared memory: {record.Text} {record.Sum}, {memory[9]}");
    adder.Join();
}

try
{
    Console.WriteLine(Stormy.Value);
}
catch (TypeInitializationException e)
{
    Console.WriteLine($"start storm: {(e.ToString().Contains("The static initializer of Stormy", StringComparison.Ordinal) ? "refused by name" : e.ToString())}");
}

await Travelling.CheckAsync();

Console.WriteLine($"children left: {ChildProcess.ActiveChildren.Count}");

internal sealed record Shifted(string Text, decimal Sum);

/// <summary>Structs and collections of the framework, as argument and as result: equal, or refused, in every shape alike.</summary>
internal static class Travelling
{
    internal static async Task CheckAsync()
    {
        await using var pool = new ProcessPool(workers: 1);
        var time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));
        var numbers = (Time: time, Place: new Point(3, 4), Half: (Half)1.5, Wide: Int128.MaxValue, Vector: new Vector3(1, 2, 3), Range: 1..^2);
        var back = await pool.RunAsync(static value => value, numbers);
        Console.WriteLine($"structs of numbers: {back.Equals(numbers)}");

        string[] names = ["b", "a", "c"];
        var held = new Held(
            new Queue<string>(names), new Stack<string>(names), new LinkedList<string>(names), new SortedSet<string>(names, StringComparer.Ordinal),
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["a"] = "1" }, ImmutableList.Create(names),
            ImmutableSortedSet.Create(StringComparer.Ordinal, names), new StringBuilder("text"), BigInteger.Pow(3, 100), new List<string>(names).AsReadOnly());
        string before = held.ToText(), after = (await pool.RunAsync(static value => value, held)).ToText();
        Console.WriteLine($"collections as contents: {(before == after ? "equal" : $"{before} became {after}")}");

        var kept = Kept.Make();
        string whole = kept.ToText(), copied = (await pool.RunAsync(static value => value, kept)).ToText();
        Console.WriteLine($"values as they were: {(whole == copied ? "equal" : $"{whole} became {copied}")}");
        Console.WriteLine($"the one of its kind: {await pool.RunAsync(static value => ReferenceEquals(value, Only.Value), Only.Value)}");

        Console.WriteLine($"refused: {await RefusedAsync(pool, new ReadOnlySequence<byte>(new byte[3]))} {await RefusedAsync(pool, new Hidden(new object()))} " +
            $"{await RefusedAsync(pool, new Lazy<int>(static () => 1))}");
        Console.WriteLine($"refused as results: {await LostAsync(pool, static () => new ReadOnlySequence<byte>(new byte[3]))}");
        await Collections.CheckAsync(pool);
        await Meanings.CheckAsync(pool);
    }

    private static async Task<string> RefusedAsync<T>(ProcessPool pool, T value)
    {
        try
        {
            await pool.RunAsync(static given => given is null ? 0 : 1, value);
            return $"{typeof(T).Name} crossed;";
        }
        catch (TargetNotSupportedException)
        {
            return typeof(T).Name;
        }
    }

    private static async Task<string> LostAsync<T>(ProcessPool pool, Func<T> make)
    {
        try
        {
            return $"{await pool.RunAsync(make)} crossed;";
        }
        catch (MultitaskingException)
        {
            return typeof(T).Name;
        }
    }
}

/// <summary>Collections of structs of a program's own, of each of which native code has what the program makes itself.</summary>
internal static class Collections
{
    internal static async Task CheckAsync(ProcessPool pool)
    {
        Cell[] cells = [new(1, "a"), new(2, null)];
        var byNumber = cells.ToDictionary(static cell => cell.Number);
        var byKind = new Dictionary<Kind, Cell> { [Kind.Wall] = cells[0] };
        object[] values =
        [
            cells, new Cell?[] { cells[0], null }, new[,] { { cells[0] }, { cells[1] } }, new List<Cell>(cells), new HashSet<Cell>(cells),
            new Queue<Cell>(cells), new Stack<Cell>(cells), new LinkedList<Cell>(cells), new SortedSet<Kind> { Kind.Wall, Kind.Free },
            byNumber, byNumber.Keys, byNumber.Values, new Dictionary<Cell, Kind> { [cells[0]] = Kind.Wall },
            new SortedDictionary<Kind, Cell>(byKind), new SortedList<int, Cell>(byNumber), new OrderedDictionary<Kind, Cell>(byKind),
            new ConcurrentQueue<Cell>(cells), new ConcurrentStack<Cell>(cells), new ConcurrentBag<Cell>(cells),
            new ConcurrentDictionary<int, Cell>(byNumber), ImmutableArray.Create(cells), ImmutableList.Create(cells),
            ImmutableQueue.Create(cells), ImmutableStack.Create(cells), ImmutableHashSet.Create(cells),
            ImmutableSortedSet.Create(Kind.Wall, Kind.Free), byKind.ToImmutableDictionary(), byNumber.ToImmutableSortedDictionary(),
            new Collection<Cell>(cells), new ObservableCollection<Cell>(cells), new ReadOnlyCollection<Cell>(cells),
            new ReadOnlyDictionary<int, Cell>(byNumber), new ReadOnlySet<Cell>(new HashSet<Cell>(cells)),
            new ArraySegment<Cell>(cells, 1, 1), new PriorityQueue<Cell, int>(cells.Select(static cell => (cell, -cell.Number))),
            new Tuple<Cell, Kind>(cells[0], Kind.Wall), new Lazy<Cell>(cells[0]), new Memory<Cell>(cells, 1, 1),
            new Dictionary<string, Cell>(StringComparer.OrdinalIgnoreCase) { ["a"] = cells[0] }, new HashSet<Kind> { Kind.Wall },
            ImmutableDictionary.Create<string, Kind>(StringComparer.OrdinalIgnoreCase).Add("a", Kind.Wall),
        ];
        object[] back = await pool.RunAsync(static values => values, values);
        int equal = 0;
        for (int i = 0; i < values.Length; i++)
            if (Of(values[i]) == Of(back[i]))
                equal++;
            else
                Console.WriteLine($"{Of(values[i])} became {Of(back[i])}");
        Console.WriteLine($"collections of structs: {equal}");
    }

    private static string Of(object value) => $"{value.GetType()} " + value switch
    {
        PriorityQueue<Cell, int> queue => queue.Peek().ToString(),
        Lazy<Cell> lazy => lazy.Value.ToString(),
        Memory<Cell> memory => memory.Span[0].ToString(),
        IEnumerable items => string.Join(',', items.Cast<object>()),
        _ => value.ToString(),
    };

    internal readonly record struct Cell(int Number, string? Name);

    internal enum Kind
    {
        Free,
        Wall,
    }
}

/// <summary>Values of the framework that mean the same anywhere.</summary>
internal static class Meanings
{
    internal static async Task CheckAsync(ProcessPool pool)
    {
        object[] values =
        [
            IPAddress.Loopback, IPAddress.Parse("fe80::1%3"), new IPEndPoint(IPAddress.Any, 80), IPNetwork.Parse("10.0.0.0/8"), Color.Red, Color.FromArgb(1, 2, 3),
            new Regex("a+b", RegexOptions.IgnoreCase), new FileInfo("/tmp/a"), new DirectoryInfo("/tmp"), HttpMethod.Put, JsonNode.Parse("{\"a\":[1]}")!,
            JsonDocument.Parse("[1]").RootElement, XElement.Parse("<a><b c='1'/></a>"), new XDocument(new XElement("a")), new Hashtable { ["a"] = 1 },
            new NameValueCollection { { "a", "1" } }, new ObservableCollection<string> { "a" }, new OrderedDictionary<string, string> { ["a"] = "b" },
            new Lazy<string>("text"), typeof(Dictionary<string, string>), new Queue(new[] { "a", "b" }),
            new Dictionary<string, string> { ["a"] = "b" }.ToFrozenDictionary(),
            new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary(),
            new Dictionary<int, string> { [1] = "a" }.ToFrozenDictionary(), new ArgumentOutOfRangeException(nameof(pool), 3, "text"),
            new ArgumentException("text", nameof(pool)), new ObjectDisposedException("name"), new FileNotFoundException("text", "name"),
            FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "a"), s_words.ToLookup(static word => word[..1]),
            s_words.GroupBy(static word => word.Length).First(), new Uri("a/b", UriKind.Relative), new PersianCalendar(), TimeZoneInfo.Utc,
        ];
        object[] back = await pool.RunAsync(static values => values, values);
        for (int i = 0; i < values.Length; i++)
            if (Of(values[i]) != Of(back[i]))
                Console.WriteLine($"{Of(values[i])} became {Of(back[i])}");
        var network = await pool.RunAsync(static value => value, IPNetwork.Parse("10.0.0.0/8"));
        TravelConverters.Register<CookieConverter>();
        var (model, cookie) = await pool.RunAsync(static given => (new Model(given.Path + "b"), new Cookie("c", given.Path)), new Model("a"));
        Console.WriteLine($"converters: {model.Path} {cookie}");
        Console.WriteLine($"values by their meaning: {values.Length} {network} {await pool.RunAsync(static value => value, Color.Red) == Color.Red}");
    }

    private static readonly string[] s_words = ["one", "two", "three"];

    private static string Of(object value) => value switch
    {
        Hashtable table => string.Join(',', table.Cast<DictionaryEntry>().Select(static entry => $"{entry.Key}={entry.Value}")),
        NameValueCollection names => string.Join(',', names.AllKeys.Select(name => $"{name}={names[name]}")),
        JsonNode node => node.ToJsonString(),
        IPAddress address => address.ToString(),
        FileNotFoundException missing => $"{missing.Message} {missing.FileName}",
        Exception exception => $"{exception.GetType().Name} {exception.Message}",
        Regex regex => $"{regex} {regex.Options}",
        IEnumerable items and not XElement => string.Join(',', items.Cast<object>()),
        _ => $"{value.GetType().Name} {value}",
    };
}

[TravelConverter(typeof(ModelConverter))]
internal sealed class Model(string path)
{
    private readonly Lock _lock = new();

    internal string Path
    {
        get
        {
            lock (_lock)
                return path;
        }
    }
}

internal sealed class ModelConverter : TravelConverter<Model, string>
{
    public override string ToSurrogate(Model value) => value.Path;

    public override Model FromSurrogate(string surrogate) => new(surrogate);
}

internal sealed class CookieConverter : TravelConverter<Cookie, string[]>
{
    public override string[] ToSurrogate(Cookie value) => [value.Name, value.Value];

    public override Cookie FromSurrogate(string[] surrogate) => new(surrogate[0], surrogate[1]);
}

internal sealed record Held(
    Queue<string> Queue, Stack<string> Stack, LinkedList<string> Linked, SortedSet<string> Set, SortedDictionary<string, string> Map,
    ImmutableList<string> List, ImmutableSortedSet<string> Sorted, StringBuilder Text, BigInteger Number, IList<string> View)
{
    internal string ToText() => string.Join('|', string.Join(' ', Queue), string.Join(' ', Stack), string.Join(' ', Linked), string.Join(' ', Set), string.Join(' ', Map),
        string.Join(' ', List), string.Join(' ', Sorted), Text, Number, string.Join(' ', View), Set.Add("b"), Linked.First!.List == Linked);
}

/// <summary>Values that are more than their fields: what is referred to twice, named, or made anew by its own methods.</summary>
internal sealed class Kept
{
    [NonSerialized]
    private string? _made;

    private Four _four;
    private object[] _boxes = [];
    private Func<Shifted, string> _open = null!;
    private ICollection<string> _keys = [];
    private Uri _file = null!;
    private TimeZoneInfo _zone = null!;
    private CultureInfo _culture = null!;
    private object _nothing = null!;
    private StringComparer _comparer = null!;
    private Exception _failure = null!;

    internal static Kept Make()
    {
        object box = 5;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = "!";
        var kept = new Kept
        {
            _made = "made",
            _boxes = [box, box],
            _open = typeof(Shifted).GetMethod("get_Text")!.CreateDelegate<Func<Shifted, string>>(),
            _keys = new Dictionary<string, string> { ["k"] = "v" }.Keys,
            _file = new Uri("/a b"),
            _zone = TimeZoneInfo.CreateCustomTimeZone("Here", TimeSpan.FromHours(5.5), "Here", "Here"),
            _culture = culture,
            _nothing = DBNull.Value,
            _comparer = StringComparer.OrdinalIgnoreCase,
            _failure = new InvalidOperationException("m") { HelpLink = "h", Data = { ["k"] = 1 } },
        };
        (kept._four[1], kept._four[3]) = ("b", "d");
        return kept;
    }

    internal string ToText() => string.Join(
        '|', _made, _four[0], _four[1], _four[3], ReferenceEquals(_boxes[0], _boxes[1]), _open(new Shifted("t", 1)), string.Join(' ', _keys),
        _file.AbsoluteUri, _zone.BaseUtcOffset, 1.5.ToString(_culture), _nothing == DBNull.Value,
        ReferenceEquals(_comparer, StringComparer.OrdinalIgnoreCase), _failure.HelpLink, _failure.Data["k"]);

    [OnDeserialized]
    private void Read(StreamingContext context) => _made = "made";

    [InlineArray(4)]
    private struct Four
    {
        private string? _first;
    }
}

#pragma warning disable SYSLIB0050 // A class says by it that there is one of it.
internal sealed class Only : IObjectReference
{
    internal static Only Value { get; } = new();

    public object GetRealObject(StreamingContext context) => Value;
}
#pragma warning restore SYSLIB0050

internal readonly struct Hidden(object value)
{
    // A lock stays where it is.
    private readonly SpinLock _lock = new(value is null);

    public override string ToString() => $"{_lock.IsHeld}";
}

internal static class Doors
{
    /// <summary>Through which one a child came in, by what stands below its target; native code may have inlined its own.</summary>
    internal static string Of(string trace) =>
        trace.Contains("ChildMain.Main", StringComparison.Ordinal) ? "own Main"
        : trace.Contains("StartupHookProvider", StringComparison.Ordinal) ? "startup hook"
        : "module initializer";
}

internal static class Arguments
{
    // The default, the conversion from int and the name are what C# would do with them.
    internal static void Check(long first, string name, double third = 3) => Environment.Exit(first == 1 && name == "two" && third == 3 ? 7 : 1);
}

internal static class Asked
{
    internal static void Run(CancellationToken termination)
    {
        termination.WaitHandle.WaitOne();
        Environment.Exit(8);
    }
}

internal static class Reporting
{
    internal static Action Of(IProgress<int> progress) => () =>
    {
        for (int i = 1; i <= 3; i++)
            progress.Report(i);
    };
}

internal sealed class Collector(List<int> reports) : IProgress<int>
{
    public void Report(int value) => reports.Add(value);
}

internal static class Stormy
{
    internal static int Value { get; }

    static Stormy() => Value = ChildProcess.RunAsync(Compute).Result;

    private static int Compute() => 42;
}
