using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.ComponentModel;
using System.Data;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.IO.Compression;
using System.Linq.Expressions;
using System.Net.Http.Headers;
using System.Net.Mail;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Security.Principal;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using System.Xml.Linq;

namespace Multitasking.TypeTable;

/// <summary>Values of types of which no rule makes one, because a method of another type does, or a program derives from them.</summary>
/// <remarks>
/// What has none even so: processor instructions (classes of static methods), what exists on Windows or in browsers only, handles,
/// arguments of events and results that only the framework's own code makes, abstract classes that the framework has no public class of,
/// and delegates that take references or spans.
/// </remarks>
internal static class Given
{
    private static readonly Dictionary<Type, Func<object>> s_values = new()
    {
        [new SortedList<string, int>().Keys.GetType()] = static () => new SortedList<string, int> { ["a"] = 1, ["b"] = 2 }.Keys,
        [new SortedList<string, int>().Values.GetType()] = static () => new SortedList<string, int> { ["a"] = 1, ["b"] = 2 }.Values,
        [typeof(KeyedCollection<string, int>)] = static () => new Numbered { 1, 2, 3 },
        [typeof(Lookup<string, int>)] = static () => new[] { 1, 2, 3 }.ToLookup(static number => number % 2 == 0 ? "even" : "odd"),
        [typeof(FormattableString)] = static () => FormattableStringFactory.Create("{0} {1}", "a", 3),
        [StringComparer.InvariantCulture.GetType()] = static () => StringComparer.InvariantCultureIgnoreCase,
        [StringComparer.Ordinal.GetType().BaseType!] = static () => StringComparer.OrdinalIgnoreCase,
        [typeof(Tuple<int, int, int, int, int, int, int, Tuple<string>>)] = static () => Tuple.Create(1, 2, 3, 4, 5, 6, 7, "eight"),
        [typeof((int, int, int, int, int, int, int, string, string))] = static () => (1, 2, 3, 4, 5, 6, 7, "eight", "nine"),
        [typeof(IEnumerator<int>)] = static () => new List<int> { 1 }.GetEnumerator(),
        [typeof(IDictionaryEnumerator)] = static () => new Hashtable { ["a"] = 1 }.GetEnumerator(),
        [typeof(IOrderedDictionary)] = static () => new OrderedDictionary { ["b"] = 1, ["a"] = 2 },
        [typeof(IImmutableList<int>)] = static () => ImmutableList.Create(1, 2),
        [typeof(IImmutableDictionary<string, int>)] = static () => ImmutableDictionary<string, int>.Empty.Add("a", 1),
        [typeof(IComparer)] = static () => Comparer.DefaultInvariant,
        [typeof(IEqualityComparer)] = static () => StringComparer.Ordinal,
        [typeof(IProducerConsumerCollection<int>)] = static () => new ConcurrentQueue<int>([1, 2]),
        [typeof(MailAddress)] = static () => new MailAddress("a@b.c", "A"),
        [typeof(XAttribute)] = static () => new XAttribute("a", 1),
        [typeof(TimeZoneInfo.AdjustmentRule)] = static () => TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            new DateTime(2000, 1, 1), new DateTime(2030, 12, 31), TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 25),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 25)),
        [typeof(MediaTypeHeaderValue)] = static () => new MediaTypeHeaderValue("text/plain"),
        [typeof(HttpHeaders)] = static () => new HttpRequestMessage().Headers,
        [typeof(System.Buffers.SearchValues<char>)] = static () => System.Buffers.SearchValues.Create("abc"),
        [typeof(MethodInfo)] = static () => typeof(string).GetMethod(nameof(string.Clone))!,
        [typeof(ConstructorInfo)] = static () => typeof(object).GetConstructor([])!,
        [typeof(FieldInfo)] = static () => typeof(string).GetField(nameof(string.Empty))!,
        [typeof(PropertyInfo)] = static () => typeof(string).GetProperty(nameof(string.Length))!,
        [typeof(TypeName)] = static () => TypeName.Parse("System.String"),
        [typeof(PropertyDescriptor)] = static () => TypeDescriptor.GetProperties(typeof(Version))[0],
        [typeof(BinaryExpression)] = static () => Expression.Add(Expression.Constant(1), Expression.Constant(2)),
        [typeof(ConstantExpression)] = static () => Expression.Constant(1),
        [typeof(Expression<Func<int>>)] = static () => Expression.Lambda<Func<int>>(Expression.Constant(1)),
        [typeof(ParallelQuery<int>)] = static () => ParallelEnumerable.Range(0, 3),
        [typeof(DataRow)] = static () => new DataTable().NewRow(),
        [typeof(Process)] = static () => Process.GetCurrentProcess(),
        [typeof(ProcessModule)] = static () => Process.GetCurrentProcess().MainModule!,
        [typeof(Counter<int>)] = static () => new Meter("a").CreateCounter<int>("b"),
        [typeof(IncrementalHash)] = static () => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        [typeof(AesGcm)] = static () => new AesGcm(new byte[16], 16),
        [typeof(Channel<int>)] = static () => Channel.CreateUnbounded<int>(),
        [typeof(ChannelReader<int>)] = static () => Channel.CreateUnbounded<int>().Reader,
        [typeof(ChannelWriter<int>)] = static () => Channel.CreateUnbounded<int>().Writer,
        [typeof(MatchCollection)] = static () => Regex.Matches("aa", "a"),
        [typeof(SortKey)] = static () => CultureInfo.InvariantCulture.CompareInfo.GetSortKey("a"),
        [typeof(TextElementEnumerator)] = static () => StringInfo.GetTextElementEnumerator("ab"),
        [typeof(GenericPrincipal)] = static () => new GenericPrincipal(new GenericIdentity("a"), ["b"]),
        [typeof(ExceptionDispatchInfo)] = static () => ExceptionDispatchInfo.Capture(new InvalidOperationException("a")),
        [typeof(ZipArchive)] = static () => new ZipArchive(new MemoryStream(), ZipArchiveMode.Create),
    };

    internal static IEnumerable<Type> Types => s_values.Keys;

    internal static object? Of(Type type) => s_values.GetValueOrDefault(type)?.Invoke();

    private sealed class Numbered : KeyedCollection<string, int>
    {
        protected override string GetKeyForItem(int item) => $"number {item}";
    }
}
