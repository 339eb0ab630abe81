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

    public static TheoryData<string> Names => [.. FrameworkTypes.Names, .. Enumerable.Range(1, 8).SelectMany(i => new[] { $"System.Tuple`{i}", $"System.ValueTuple`{i}" })];

    [Theory]
    [MemberData(nameof(Names))]
    public void Roots_name_every_type_that_travels_by_its_fields(string name)
    {
        Type type = s_homes.Select(home => home.GetType(name)).First(found => found is not null)!;
        var roots = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Multitasking.roots.xml"));
        bool isKept = roots.Root!.Elements("assembly").Where(home => (string?)home.Attribute("fullname") == type.Assembly.GetName().Name).Elements("type")
            .Any(kept => (string?)kept.Attribute("fullname") == name.Replace('+', '/'));
        // The compiler warns of a type that has nothing to keep.
        Assert.Equal(type.GetFields(OwnFields).Length > 0, isKept);
    }
}
