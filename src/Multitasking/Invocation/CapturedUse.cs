using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Interop;

namespace Multitasking.Invocation;

/// <summary>
/// Which captured variables a lambda really uses. The compiler keeps those of all lambdas of a scope in one object, so one of them carries along what only another uses: a pool, say, that a
/// later line disposes. What the target's code does not name need not travel.
/// </summary>
internal sealed class CapturedUse
{
    private static readonly ConcurrentDictionary<MethodInfo, CapturedUse> s_known = new();

    // Null where the code cannot be seen: then all of them may be used.
    private readonly HashSet<(Module, int)>? _fields;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What cannot be understood of a method counts as using everything.")]
    private CapturedUse(MethodInfo target)
    {
        try
        {
            _fields = Platform.IsNativeAot ? null : FieldsNamedBy(target);
        }
        catch (Exception)
        {
            _fields = null;
        }
    }

    internal static CapturedUse By(MethodInfo target) => s_known.GetOrAdd(target, static method => new CapturedUse(method));

    /// <summary>Whether a type is one that the compiler made to hold captured variables.</summary>
    internal static bool IsClosure(Type type) => type.Name.StartsWith("<>c__DisplayClass", StringComparison.Ordinal);

    internal bool Includes(FieldInfo field) => _fields is null || _fields.Contains((field.Module, field.MetadataToken));

    private static HashSet<(Module, int)>? FieldsNamedBy(MethodInfo target)
    {
        var fields = new HashSet<(Module, int)>();
        var seen = new HashSet<(Module, int)>();
        var methods = new Stack<MethodBase>();
        methods.Push(target);
        while (methods.TryPop(out var method))
        {
            if (!seen.Add((method.Module, method.MetadataToken)))
                continue;
            // The body of an asynchronous one is the state machine's.
            if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
                PushAll(methods, machine.StateMachineType);
            if (IlReader.MembersNamedBy(method) is not { } tokens)
                return null;
            foreach (int token in tokens)
                switch (method.Module.ResolveMember(token, TypeArguments(method), MethodArguments(method)))
                {
                    case FieldInfo field:
                        fields.Add((field.Module, field.MetadataToken));
                        break;
                    case MethodBase called when IsMadeByCompiler(called.DeclaringType):
                        methods.Push(called);
                        break;
                }
        }
        return fields;
    }

    private static void PushAll(Stack<MethodBase> methods, Type machine)
    {
        foreach (var method in machine.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            methods.Push(method);
    }

    private static bool IsMadeByCompiler(Type? type) =>
        type is not null && type.Name.StartsWith('<') && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static Type[]? TypeArguments(MethodBase method) => method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;

    private static Type[]? MethodArguments(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : null;
}
