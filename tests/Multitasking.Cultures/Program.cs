using System.Globalization;
using Multitasking;
using Multitasking.Cultures;

// A line for each case; CultureTests expects them.
var german = CultureInfo.GetCultureInfo("de-DE");
(CultureInfo culture, string number) = await ChildProcess.RunAsync(() => (german, 1234.5.ToString("N1", german)));
Console.WriteLine($"{culture.Name} {ReferenceEquals(culture, german)} {number} {culture.CompareInfo.Compare("ä", "z")}");

// A dictionary that compares as a culture does finds its keys in the child and when it is back.
var turkish = new Dictionary<string, int>(StringComparer.Create(CultureInfo.GetCultureInfo("tr-TR"), ignoreCase: true)) { ["ILIK"] = 1 };
(bool isFound, Dictionary<string, int> back) = await ChildProcess.RunAsync(() => (turkish.ContainsKey("ılık"), turkish));
Console.WriteLine($"{isFound} {back.ContainsKey("ılık")} {back.ContainsKey("ilik")}");

// One that was changed keeps its changes, and what it is: a clone can be changed further, a read-only one cannot.
var changed = (CultureInfo)german.Clone();
changed.NumberFormat.NumberDecimalSeparator = "!";
changed.DateTimeFormat.ShortDatePattern = "yyyy/MM";
var frozen = CultureInfo.ReadOnly(changed);
var thai = new CultureInfo("th-TH") { DateTimeFormat = { Calendar = new GregorianCalendar() } };
var day = new DateTime(2026, 2, 3);
string said = Say(changed, frozen, thai, day);
(string inChild, CultureInfo[] copies) = await ChildProcess.RunAsync(() => (Say(changed, frozen, thai, day), new[] { changed, frozen, thai, changed }));
Console.WriteLine($"{inChild == said} {Say(copies[0], copies[1], copies[2], day) == said} {ReferenceEquals(copies[0], copies[3])} {said}");

// So do those that sort in another way, and their comparers by themselves.
var phoneBook = CultureInfo.GetCultureInfo("de-DE_phoneb");
var likeFrench = CultureInfo.GetCultureInfo("de-DE", "fr-FR");
var comparer = StringComparer.Create(german, CompareOptions.IgnoreNonSpace);
var set = new SortedSet<string>(StringComparer.Create(CultureInfo.GetCultureInfo("tr-TR"), ignoreCase: true)) { "ILIK" };
Console.WriteLine(await ChildProcess.RunAsync(() =>
    $"{phoneBook.CompareInfo.Name} {likeFrench.CompareInfo.Name} {comparer.Equals("ä", "a")} {set.Contains("ılık")} {new RegionInfo("DE").Equals(new RegionInfo("DE"))}"));
var (comparerBack, setBack) = await ChildProcess.RunAsync(() => (comparer, set));
Console.WriteLine($"{comparerBack.Equals("ä", "a")} {comparerBack.Equals(comparer)} {setBack.Contains("ılık")}");

// The same target answers as Task.Run does, whoever runs it, for callers in different cultures that take turns in one pool.
await using var processes = new ProcessPool(workers: 1);
await using var threads = new DedicatedThreadPool(workers: 1);
await using var inline = new InlinePool();
var runners = new Dictionary<string, Func<Func<string>, Task<string>>>
{
    ["ChildProcess"] = target => ChildProcess.RunAsync(target),
    ["ProcessPool"] = target => processes.RunAsync(target),
    ["DedicatedThreadPool"] = target => threads.RunAsync(target),
    ["InlinePool"] = target => inline.RunAsync(target),
    ["a map of ProcessPool"] = async target => (await processes.MapAsync([1, 2], _ => target()))[1],
};
var callers = new Func<Task>[]
{
    () => Task.CompletedTask,
    Callers.Set(current: "de-DE"),
    Callers.Set(current: "fr-FR", ui: "tr-TR"),
    () => Task.CompletedTask,
    Callers.Set(general: "da-DK"),
    Callers.Set(general: "da-DK", current: "de-DE", generalUI: "sv-SE"),
    Callers.Set(current: ""),
    () => Task.CompletedTask,
};
foreach (var (name, run) in runners)
{
    var answers = new List<string>();
    foreach (var caller in callers)
        answers.Add(await Callers.CompareAsync(caller, run));
    Console.WriteLine($"{name}: {(answers.TrueForAll(static answer => answer == "alike") ? "alike" : string.Join("; ", answers))}");
}

// A tree that was sorted as the caller's culture says finds its keys in the target.
CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da-DK");
var sorted = new SortedDictionary<string, int> { ["aa"] = 1, ["b"] = 2, ["z"] = 3 };
Console.WriteLine(await ChildProcess.RunAsync(() => sorted.ContainsKey("aa")) && await processes.RunAsync(() => sorted.ContainsKey("aa")));

// One that comes back in a result, a report or from an object is sorted as its caller's culture says, whichever thread reads it.
string[] keys = ["aa", "b", "z", "å"];
SortedDictionary<string, int>? reported = null;
IProgress<SortedDictionary<string, int>> progress = new Reported(value => reported = value).Original;
Func<SortedDictionary<string, int>> sort = () =>
{
    var copy = new SortedDictionary<string, int>(keys.ToDictionary(static key => key, static key => key.Length));
    progress.Report(copy);
    return copy;
};
foreach (var copy in new[] { await ChildProcess.RunAsync(sort), await processes.RunAsync(sort), reported!, await processes.RunAsync(() => sorted) })
    Console.Write($"{copy.Keys.All(copy.ContainsKey)} {copy.ContainsKey("aa")} {copy.Keys.Last()} ");
var sorter = await SharedObject.StartAsync<ITeller>(static () => new Teller());
Console.WriteLine($"{sorter.Sort(keys).ContainsKey("aa")} {(await sorter.SortLaterAsync(keys)).ContainsKey("aa")}");

// What a member sets for its own flow, the next caller does not find.
CultureInfo.CurrentCulture = CultureInfo.InstalledUICulture;
sorter.Change();
Console.WriteLine(sorter.Tell() == "ja-JP");
SharedObject.Release(sorter);
CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da-DK");

// A report is handed on in the culture of the caller.
string heard = "";
IProgress<int> ear = new Ear(() => heard += Teller.Name() + " ").Original;
await ChildProcess.RunAsync(() => ear.Report(1));
await processes.RunAsync(() => ear.Report(1));
await threads.RunAsync(() => ear.Report(1));
Console.WriteLine(heard);

// An object of another process answers each of its callers in his culture.
var teller = await SharedObject.StartAsync<ITeller>(static () => new Teller());
string danish = teller.Tell();
CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
Console.WriteLine($"{danish} {teller.Tell()} {await teller.TellLaterAsync()}");
SharedObject.Release(teller);

// What the initializer of a pool sets is what callers without a culture of their own get.
CultureInfo.CurrentCulture = CultureInfo.InstalledUICulture;
Action initializer = static () => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
await using var swedish = new ProcessPool(new PoolOptions { Workers = 1, Initializer = initializer });
string first = await swedish.RunAsync(Teller.Name);
CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da-DK");
string second = await swedish.RunAsync(Teller.Name);
CultureInfo.CurrentCulture = CultureInfo.InstalledUICulture;
Console.WriteLine($"{first} {second} {await swedish.RunAsync(Teller.Name)}");

static string Say(CultureInfo changed, CultureInfo frozen, CultureInfo thai, DateTime day) =>
    $"{1.5.ToString(changed)} {day.ToString("d", changed)} {changed.IsReadOnly} {1.5.ToString(frozen)} {frozen.IsReadOnly} {day.ToString("yyyy", thai)}";

internal static class Callers
{
    /// <summary>Sets cultures by their names; those that are not named stay.</summary>
    internal static Func<Task> Set(string? current = null, string? ui = null, string? general = null, string? generalUI = null) => () =>
    {
        CultureInfo.DefaultThreadCurrentCulture = general is null ? null : CultureInfo.GetCultureInfo(general);
        CultureInfo.DefaultThreadCurrentUICulture = generalUI is null ? null : CultureInfo.GetCultureInfo(generalUI);
        if (current is not null)
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(current);
        if (ui is not null)
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(ui);
        return Task.CompletedTask;
    };

    internal static async Task<string> CompareAsync(Func<Task> set, Func<Func<string>, Task<string>> run)
    {
        // What an asynchronous method sets for its flow, its caller does not have afterwards.
        _ = set();
        try
        {
            string expected = await Task.Run(Tell), answer = await run(Tell);
            return answer == expected ? "alike" : $"{answer} instead of {expected}";
        }
        finally
        {
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = null;
        }
    }

    private static string Tell()
    {
        string other = "";
        var thread = new Thread(() => other = Here());
        thread.UnsafeStart();
        thread.Join();
        string said = $"{Here()} {Task.Run(Here).Result} {other}";
        // The next one shall not find it.
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ja-JP");
        return said;
    }

    private static string Here() => $"{1.5} {CultureInfo.CurrentCulture.Name}/{CultureInfo.CurrentUICulture.Name}";
}

internal sealed class Reported(Action<SortedDictionary<string, int>> take) : IProgress<SortedDictionary<string, int>>
{
    internal IProgress<SortedDictionary<string, int>> Original => this;

    public void Report(SortedDictionary<string, int> value) => take(value);
}

internal sealed class Ear(Action hear) : IProgress<int>
{
    internal IProgress<int> Original => this;

    public void Report(int value) => hear();
}
