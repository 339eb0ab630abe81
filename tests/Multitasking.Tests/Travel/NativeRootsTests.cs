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

    private static Type Find(string name) => s_homes.Select(home => home.GetType(name)).First(found => found is not null)!;

    private static bool IsKept(Type type, string name) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Multitasking.roots.xml")).Root!.Elements("assembly")
            .Where(home => (string?)home.Attribute("fullname") == type.Assembly.GetName().Name).Elements("type")
            .Any(kept => (string?)kept.Attribute("fullname") == name.Replace('+', '/'));
}
