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
