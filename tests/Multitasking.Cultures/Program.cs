using System.Globalization;
using Multitasking;

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

static string Say(CultureInfo changed, CultureInfo frozen, CultureInfo thai, DateTime day) =>
    $"{1.5.ToString(changed)} {day.ToString("d", changed)} {changed.IsReadOnly} {1.5.ToString(frozen)} {frozen.IsReadOnly} {day.ToString("yyyy", thai)}";
