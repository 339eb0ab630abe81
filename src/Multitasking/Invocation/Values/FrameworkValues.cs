using Multitasking.Interop;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation.Values;

/// <summary>Classes and structs of the framework, outside of its core library, that travel by what they mean.</summary>
/// <remarks>
/// Each has a method of its own that asks for its type before it names it otherwise: the runtime then loads an assembly when the first such
/// object is met, and the native compiler leaves out of a program what nothing else in it makes. It understands <c>if (type ==
/// typeof(T))</c> with the rest inside, and no other form (docs/decisions/0027).
/// </remarks>
internal static class FrameworkValues
{
    /// <summary>
    /// The type on this list that objects of a type travel as: itself, or a base of the framework's; <see langword="null"/> for none.
    /// </summary>
    internal static Type? For(Type type)
    {
        // A class that derives from one of them may mean more, except where the framework has only ways of keeping the same in it.
        return NearestTo(type) is { } listed
            && (ReferenceEquals(listed, type) || listed.IsAbstract || NameOf(listed) is "System.Net.IPAddress" or "System.Linq.Lookup`2")
                ? listed
                : null;
    }

    /// <summary>The type on this list that a type of the framework is, or derives from; <see langword="null"/> for none.</summary>
    internal static Type? NearestTo(Type type)
    {
        if (!ShapeCatalog.IsFrameworks(type.Assembly))
            return null;
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            if (MakerOf(NameOf(level)) is not null)
                return level;
        return null;
    }

    /// <summary>How objects of a type on the list travel; <see langword="null"/> in native code in which nothing makes one.</summary>
    internal static Shape? Create(Type type) => MakerOf(NameOf(type))!(type);

    /// <summary>Why objects of a type on the list do not travel all the same.</summary>
    internal static string? WhyRefused(Type type) =>
        Platform.IsNativeAot && type.IsGenericType && Create(type) is null
            ? "native code has no way to make it anew; send an array, a Dictionary or a HashSet of what is in it"
            : null;

    /// <summary>What makes the shape of each: a switch, because a table would be filled at the start of every child.</summary>
    private static Func<Type, Shape?>? MakerOf(string? name) => name switch
    {
        "System.IO.FileInfo" => FileValues.File,
        "System.IO.DirectoryInfo" => FileValues.Folder,
        "System.Net.IPAddress" => NetworkValues.Address,
        "System.Net.IPEndPoint" => NetworkValues.EndPoint,
        "System.Net.DnsEndPoint" => NetworkValues.NamedEndPoint,
        "System.Net.IPNetwork" => NetworkValues.Network,
        "System.Net.NetworkInformation.PhysicalAddress" => NetworkValues.Hardware,
        "System.Net.Http.HttpMethod" => NetworkValues.Method,
        "System.Net.Mail.MailAddress" => NetworkValues.Mail,
        "System.Text.RegularExpressions.Regex" => RegexValues.Regex,
        "System.Text.Json.JsonElement" => JsonValues.Element,
        "System.Text.Json.JsonDocument" => JsonValues.Document,
        "System.Text.Json.Nodes.JsonObject" => JsonValues.Object,
        "System.Text.Json.Nodes.JsonArray" => JsonValues.Array,
        "System.Text.Json.Nodes.JsonValue" => JsonValues.Value,
        "System.Xml.Linq.XElement" => XmlValues.Element,
        "System.Xml.Linq.XDocument" => XmlValues.Document,
        "System.Xml.Linq.XName" => XmlValues.Name,
        "System.Xml.Linq.XNamespace" => XmlValues.Namespace,
        "System.Xml.Linq.XAttribute" => XmlValues.Attribute,
        "System.Drawing.Color" => ColorValues.Color,
        "System.Collections.CaseInsensitiveComparer" => OldCollections.Comparer,
        "System.Collections.Hashtable" => OldCollections.Hashtable,
        "System.Collections.SortedList" => OldCollections.SortedList,
        "System.Collections.Queue" => OldCollections.Queue,
        "System.Collections.Stack" => OldCollections.Stack,
        "System.Collections.Specialized.OrderedDictionary" => OldCollections.OrderedDictionary,
        "System.Collections.Specialized.ListDictionary" => OldCollections.ListDictionary,
        "System.Collections.Specialized.StringCollection" => OldCollections.StringCollection,
        "System.Collections.Specialized.NameValueCollection" => NameValues.Collection,
        "System.Collections.Frozen.FrozenDictionary`2" => FrozenShape.Dictionary,
        "System.Collections.Frozen.FrozenSet`1" => FrozenShape.Set,
        "System.Collections.Generic.SortedSet`1+TreeSubSet" => SortedViewShape.Of,
        "System.Linq.Lookup`2" => GroupingShape.Lookup,
        "System.Linq.EmptyLookup`2" => GroupingShape.Lookup,
        "System.Linq.Grouping`2" => GroupingShape.Grouping,
        "System.Lazy`1" => static type => new LazyShape(type),
        _ => null,
    };

    private static string? NameOf(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName;
}
