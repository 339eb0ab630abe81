using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.TypeTable;

/// <summary>
/// Makes values of a type by rules: what is known, delegates, static members, constructors, factories, the default of a struct.
/// </summary>
internal static class Maker
{
    private const int MostDeep = 3;

    private static readonly string[] s_factories = ["Parse", "Create", "CreateRange", "From", "Of", "GetEncoding", "GetCultureInfo",
        "FindSystemTimeZoneById"];

    // Making one leaves something behind: a file or a folder, a handler of signals, an ambient transaction, a socket's file.
    private static readonly HashSet<string> s_left =
    [
        "System.Runtime.InteropServices.PosixSignalRegistration", "System.Transactions.TransactionScope",
            "System.IO.Pipes.NamedPipeServerStream",
        "System.Threading.AsyncFlowControl", "System.Diagnostics.Process", "System.IO.IsolatedStorage.IsolatedStorageFile",
        "System.IO.IsolatedStorage.IsolatedStorageFileStream",
    ];

    // Others each time.
    private static readonly string[] s_moments = ["Now", "UtcNow", "Today"];

    /// <summary>How many values of a type are made at most.</summary>
    internal const int Most = 3;

    /// <summary>Values of a type; the same in every process.</summary>
    internal static IReadOnlyList<object> Make(Type type, int most = Most) =>
        [.. Settings.Of(type), .. Candidates(type, 0, 0).Take(most).ToArray() is { Length: > 0 } made ? made : Related(type).Take(1)];

    /// <summary>Says whether making one leaves something behind.</summary>
    internal static bool IsLeft(Type type) => s_left.Contains(type.FullName ?? "") || IsHandle(type);

    private static object? One(Type type, int seed, int depth) => depth > MostDeep ? null : Candidates(type, seed, depth).FirstOrDefault();

    private static IEnumerable<object> Related(Type type)
    {
        if (Native.Is || type.IsByRefLike || type.IsInterface || IsLeft(type))
            yield break;
        foreach (var derived in Relatives.DerivedFrom(type))
            if (One(derived, 0, 1) is { } one)
                yield return one;
        foreach (var member in Relatives.Giving(type))
            if (One(member.DeclaringType!, 0, 1) is { } owner && Try(() => Relatives.Ask(owner, member)) is { } given)
                yield return given;
    }

    private static IEnumerable<object> Candidates(Type type, int seed, int depth)
    {
        if (OwnTypes.Of(type) is { } own)
            return [own];
        if (Simple.Of(type, seed) is { } simple)
            return [simple];
        if (type.IsEnum)
            return Enum.GetValuesAsUnderlyingType(type) is { Length: > 0 } values
                ? [Enum.ToObject(type, values.GetValue(seed == 0 ? values.Length - 1 : 0)!)] : [];
        if (type.IsArray)
            return One(type.GetElementType()!, seed, depth + 1) is { } element
                ? [ArrayOf(type.GetElementType()!, element, One(type.GetElementType()!, 1, depth + 1)!)] : [];
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type.ContainsGenericParameters || IsLeft(type))
            return [];
        if (type.BaseType == typeof(MulticastDelegate))
            return Delegates.Of(type) is { } made ? [made] : [];
        if (type.IsInterface)
            return Simple.OfInterface(type, element => One(element, seed, depth + 1), element => One(element, 1, depth + 1)) is { } of
                && type.IsInstanceOfType(of) ? [of] : [];
        return Constructed(type, seed, depth).Concat(Statics(type)).Concat(Factories(type, seed, depth)).Concat(Defaults(type));
    }

    private static IEnumerable<object> Constructed(Type type, int seed, int depth)
    {
        if (type.IsAbstract)
            yield break;
        foreach (var constructor in type.GetConstructors().OrderBy(static one =>
            one.GetParameters().Length is var count && count == 0 ? 5 : count).ThenBy(static one => one.ToString(), StringComparer.Ordinal))
            if (constructor.GetParameters().Length <= 6 && TryInvoke(constructor, type, seed, depth) is { } made)
                yield return Filled(made, type, depth);
    }

    private static IEnumerable<object> Statics(Type type)
    {
        const BindingFlags Static = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var property in type.GetProperties(Static).OrderBy(static one => one.Name, StringComparer.Ordinal))
            if (type.IsAssignableFrom(property.PropertyType) && property.GetIndexParameters().Length == 0
                && !s_moments.Contains(property.Name)
                && Try(() => property.GetValue(null)) is { } value)
                yield return value;
        foreach (var field in type.GetFields(Static).OrderBy(static one => one.Name, StringComparer.Ordinal))
            if (type.IsAssignableFrom(field.FieldType) && Try(() => field.GetValue(null)) is { } value)
                yield return value;
    }

    private static IEnumerable<object> Factories(Type type, int seed, int depth)
    {
        const BindingFlags Static = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(Static).OrderBy(static one => one.ToString(), StringComparer.Ordinal))
            if (!method.IsGenericMethodDefinition && type.IsAssignableFrom(method.ReturnType)
                && Array.Exists(s_factories, name => method.Name.StartsWith(name, StringComparison.Ordinal))
                    && TryInvoke(method, type, seed, depth) is { } made)
                yield return made;
        foreach (var method in Companion(type).Where(method =>
            method.ContainsGenericParameters is false && type.IsAssignableFrom(method.ReturnType)))
            if (TryInvoke(method, type, seed, depth) is { } made)
                yield return made;
    }

    /// <summary><c>ImmutableList.Create</c> makes an <c>ImmutableList&lt;T&gt;</c>.</summary>
    private static IEnumerable<MethodInfo> Companion(Type type)
    {
        if (!type.IsConstructedGenericType || type.GetGenericTypeDefinition().FullName is not { } name
            || type.Assembly.GetType(name[..name.IndexOf('`')]) is not { } companion)
            yield break;
        foreach (var method in companion.GetMethods(BindingFlags.Public | BindingFlags.Static).OrderByDescending(static one =>
            one.GetParameters().Length == 1).ThenBy(static one => one.ToString(), StringComparer.Ordinal))
            if (method.IsGenericMethodDefinition && method.GetGenericArguments().Length == type.GenericTypeArguments.Length
                && Array.Exists(s_factories, made => method.Name.StartsWith(made, StringComparison.Ordinal))
                && Try(() => method.MakeGenericMethod(type.GenericTypeArguments)) is MethodInfo closed)
                yield return closed;
    }

    private static IEnumerable<object> Defaults(Type type)
    {
        if (type.IsValueType && Nullable.GetUnderlyingType(type) is null)
            yield return RuntimeHelpers.GetUninitializedObject(type);
    }

    /// <summary>An empty collection says little.</summary>
    private static object Filled(object made, Type type, int depth)
    {
        if (made is not System.Collections.IEnumerable items || Try(() => items.GetEnumerator().MoveNext()) is not false)
            return made;
        var add = type.GetMethods()
            .Where(static method => method.Name is "Add" or "Push" or "Enqueue" or "AddLast" && !method.ContainsGenericParameters)
            .OrderByDescending(static method => method.GetParameters().Length).FirstOrDefault();
        for (int seed = 0; add is not null && seed < 2; seed++)
            Try(() => add.Invoke(made, [.. add.GetParameters().Select(parameter => One(parameter.ParameterType, seed, depth + 1))]));
        return made;
    }

    private static object? TryInvoke(MethodBase method, Type type, int seed, int depth)
    {
        var parameters = method.GetParameters();
        // A named one is known to the whole machine; a number that is taken for a handle is closed.
        if (typeof(WaitHandle).IsAssignableFrom(type)
            && Array.Exists(parameters, static parameter => parameter.ParameterType == typeof(string)))
            return null;
        for (int round = 0; round < Simple.Rounds; round++)
        {
            object?[] arguments = new object?[parameters.Length];
            bool hasText = false;
            for (int i = 0; i < parameters.Length; i++)
            {
                var needed = parameters[i].ParameterType;
                if (needed == typeof(nint) || needed == typeof(nuint) || needed == type)
                    return null;
                hasText |= needed == typeof(string) || needed == typeof(int);
                arguments[i] = Simple.Text(needed, round, seed) ?? One(needed, seed + i, depth + 1);
                if (arguments[i] is null && !parameters[i].IsOptional)
                    return null;
            }
            object? made = Try(() =>
                method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(null, arguments));
            if (made is not null || !hasText)
                return made;
        }
        return null;
    }

    private static Array ArrayOf(Type element, params object[] values)
    {
        var array = Array.CreateInstance(element, values.Length);
        for (int i = 0; i < values.Length; i++)
            array.SetValue(values[i], i);
        return array;
    }

    private static bool IsHandle(Type type) => typeof(SafeHandle).IsAssignableFrom(type) || typeof(CriticalHandle).IsAssignableFrom(type);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "Whatever it throws, no value can be made in this way.")]
    private static object? Try(Func<object?> make)
    {
        try
        {
            return make();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
