using System.Reflection;
using System.Xml.Linq;
using Multitasking.Invocation;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>What native code keeps of the framework is what travels: an object whose fields were left out would arrive empty.</summary>
public sealed class NativeRootsTests
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] s_homes =
    [
        .. ((string[])
        [
            "System.Private.CoreLib", "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable", "System.Linq",
            "System.ObjectModel", "System.Runtime.Numerics",
        ]).Select(Assembly.Load),
    ];

    private static readonly string[] s_properties = ["Comparer", "KeyComparer", "ValueComparer", "UnorderedItems", "First", "Next", "List"];

    // Made without a constructor: their one field is set, or their nodes are added.
    private static readonly string[] s_otherwise =
        ["Collection`1", "ReadOnlyCollection`1", "ReadOnlyDictionary`2", "ReadOnlySet`1", "ObservableCollection`1", "LinkedList`1",
            "LinkedListNode`1"];

    public static TheoryData<string> ByFields => [.. FrameworkTypes.ByFields];

    /// <summary>Code of this library names the rest.</summary>
    public static TheoryData<string> ByContents =>
        [.. FrameworkTypes.ByContents.Except(["System.Text.StringBuilder", "System.Collections.BitArray", "System.Numerics.BigInteger"])];

    [Theory]
    [MemberData(nameof(ByFields))]
    public void Roots_name_every_type_that_travels_by_its_fields(string name)
    {
        var type = Find(name);

        // The compiler warns of a type that has nothing to keep.
        Assert.Equal(type.GetFields(OwnFields).Length > 0, IsKept(type, name));
    }

    [Theory]
    [MemberData(nameof(ByContents))]
    public void Roots_name_every_type_that_is_built_anew(string name) => Assert.True(IsKept(Find(name), name));

    /// <summary>What the shapes ask reflection for, where a type has it.</summary>
    [Theory]
    [MemberData(nameof(ByContents))]
    public void Roots_keep_what_builds_a_type_anew(string name)
    {
        const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var type = Find(name);
        var kept = Kept(type, name)!;
        string[] needed = [.. s_properties.Where(one => type.GetProperty(one, Members) is not null)];
        if (!s_otherwise.Contains(type.Name) && !type.IsNested && !type.IsValueType && type.GetConstructors().Length > 0)
            needed = [.. needed, ".ctor"];
        if (type.Name == "LinkedList`1")
            needed = [.. needed, "Count", "AddLast"];

        Assert.Equal([], needed.Except(kept.Elements().Select(static member => (string)member.Attribute("name")!)));
    }

    private static Type Find(string name) => s_homes.Select(home => home.GetType(name)).First(found => found is not null)!;

    private static bool IsKept(Type type, string name) => Kept(type, name) is not null;

    private static XElement? Kept(Type type, string name) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Multitasking.roots.xml")).Root!.Elements("assembly")
            .Where(home => (string?)home.Attribute("fullname") == type.Assembly.GetName().Name).Elements("type")
            .FirstOrDefault(kept => (string?)kept.Attribute("fullname") == name.Replace('+', '/'));
}
