using System.Collections.Immutable;
using System.Reflection;
using System.Xml.Linq;

namespace Multitasking.TypeTable;

/// <summary>What is otherwise as native code: which assemblies are there, and for which structs there is code.</summary>
internal static class Native
{
    // No code is made at run time: that of structs is what the program names, that of all classes is one.
    private static readonly Dictionary<Type, Forms> s_ofStructs = new()
    {
        [typeof(int)] = new Forms<int>(),
        [typeof(bool)] = new Forms<bool>(),
        [typeof(char)] = new Forms<char>(),
        [typeof(long)] = new Forms<long>(),
        [typeof(double)] = new Forms<double>(),
        [typeof(decimal)] = new Forms<decimal>(),
        [typeof(Guid)] = new Forms<Guid>(),
        [typeof(DateTime)] = new Forms<DateTime>(),
        [typeof(DateTimeOffset)] = new Forms<DateTimeOffset>(),
        [typeof(TimeSpan)] = new Forms<TimeSpan>(),
        [typeof(DayOfWeek)] = new Forms<DayOfWeek>(),
        [typeof(Int128)] = new Forms<Int128>(),
        [typeof(System.Numerics.BigInteger)] = new Forms<System.Numerics.BigInteger>(),
        [typeof(System.Net.IPNetwork)] = new Forms<System.Net.IPNetwork>(),
        [typeof(System.Drawing.Color)] = new Forms<System.Drawing.Color>(),
        [typeof(Point)] = new Forms<Point>(),
        [typeof(Named)] = new Forms<Named>(),
        [typeof(Colour)] = new Forms<Colour>(),
        [typeof(Numbers)] = new Forms<Numbers>(),
        [typeof(Words)] = new Forms<Words>(),
        [typeof((int, Person?))] = new Forms<(int, Person?)>(),
        [typeof(Empty)] = new Forms<Empty>(),
        [typeof(Point?)] = new Forms<Point?>(),
        [typeof(Colour?)] = new Forms<Colour?>(),
        [typeof(Wide)] = new Forms<Wide>(),
        [typeof(Pair<int, string>)] = new Forms<Pair<int, string>>(),
        [typeof(Pair<Point, Point?>)] = new Forms<Pair<Point, Point?>>(),
        [typeof(Pair<Pair<byte, char>, Named[]>)] = new Forms<Pair<Pair<byte, char>, Named[]>>(),
        [typeof((int, string, Point, Colour, double, char, long, byte, string))] =
            new Forms<(int, string, Point, Colour, double, char, long, byte, string)>(),
        [typeof((int, (Point, Named), int?))] = new Forms<(int, (Point, Named), int?)>(),
        [typeof(ImmutableArray<Point>)] = new Forms<ImmutableArray<Point>>(),
        [typeof(ReadOnlyMemory<Point>)] = new Forms<ReadOnlyMemory<Point>>(),
    };

    /// <summary>Says whether the program is native code.</summary>
    internal static bool Is { get; } = typeof(object).Assembly.Location.Length == 0;

    /// <summary>The types of the framework that were kept; <see langword="null"/> where all of them are installed.</summary>
    internal static IEnumerable<Type>? Types
    {
        get
        {
            if (!Is)
                return null;
            using var roots = typeof(Native).Assembly.GetManifestResourceStream("native.roots.xml")!;
            return [.. XDocument.Load(roots).Root!.Elements().SelectMany(Of)];
        }
    }

    internal static Forms FormsOf(Type declared) =>
        s_ofStructs.TryGetValue(declared, out var known) ? known
        : declared.IsValueType ? new Forms<object>()
        : (Forms)Activator.CreateInstance(typeof(Forms<>).MakeGenericType(declared))!;

    private static IEnumerable<Type> Of(XElement assembly)
    {
        var home = Assembly.Load((string)assembly.Attribute("fullname")!);
        return assembly.HasElements
            ? assembly.Elements().Select(type => home.GetType(((string)type.Attribute("fullname")!).Replace('/', '+'), throwOnError: true)!)
            : home.GetExportedTypes();
    }
}
