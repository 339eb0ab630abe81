using System.Reflection;

namespace Multitasking.TypeTable;

/// <summary>
/// Finds where values of a type come from that nothing makes by itself: a class derived from it, or a member of another type that has one.
/// </summary>
internal static class Relatives
{
    // What a member may be called that makes or hands out an object, and neither waits nor does anything.
    private static readonly string[] s_giving = ["GetEnumerator", "Create", "To", "As", "Get"];

    private static readonly Lazy<ILookup<Type, Type>> s_derived = new(static () => Surface.Framework
        .Where(static type => !type.IsAbstract && !Maker.IsLeft(type)).SelectMany(static type => Bases(type).Select(based => (based, type)))
        .ToLookup(static pair => pair.based, static pair => pair.type));

    private static readonly Lazy<ILookup<Type, MemberInfo>> s_givers = new(static () => Surface.Framework
        .Where(static type => !Maker.IsLeft(type)).SelectMany(Givers).ToLookup(ResultOf));

    /// <summary>The classes that derive from a type, nearest first.</summary>
    internal static IEnumerable<Type> DerivedFrom(Type type) => s_derived.Value[type].Take(10);

    /// <summary>The members that are of a type: of an object, without arguments.</summary>
    internal static IEnumerable<MemberInfo> Giving(Type type) => s_givers.Value[type].Take(20);

    internal static object? Ask(object owner, MemberInfo member) =>
        member is PropertyInfo property ? property.GetValue(owner) : ((MethodInfo)member).Invoke(owner, null);

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var based = type.BaseType; based is not null && based != typeof(object) && based != typeof(ValueType); based = based.BaseType)
            yield return based;
    }

    private static IEnumerable<MemberInfo> Givers(Type type) =>
        MembersOf(type).Where(member => ResultOf(member) is { IsByRefLike: false, IsPrimitive: false, IsByRef: false } result
            && result != typeof(object) && result != typeof(string) && result != type)
            .OrderBy(static member => member.Name, StringComparer.Ordinal);

    private static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var property in type.GetProperties(Own))
            if (property is { CanRead: true, GetMethod.IsPublic: true, Name: not "Result" } && property.GetIndexParameters().Length == 0)
                yield return property;
        foreach (var method in type.GetMethods(Own))
            if (!method.IsSpecialName && !method.IsGenericMethodDefinition && method.GetParameters().Length == 0
                && Array.Exists(s_giving, start => method.Name.StartsWith(start, StringComparison.Ordinal)))
                yield return method;
    }

    private static Type ResultOf(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((MethodInfo)member).ReturnType;
}
