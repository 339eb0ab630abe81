using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Multitasking.Interop;

namespace Multitasking.Invocation.Closures;

/// <summary>
/// The captured variables that a lambda may read. The compiler keeps those of all lambdas of a scope in one object, so one of them carries
/// along what only another uses: a pool, say, that a later line disposes. What no lambda of a message reads need not travel.
/// </summary>
internal sealed class CapturedUse
{
    // A program has few lambdas; one that makes generic ones without end shall not fill the memory.
    private const int MostKept = 64;

    private static readonly ConcurrentDictionary<MemberInfo, CapturedUse> s_known = new();

    private readonly ConcurrentDictionary<CapturedUse, CapturedUse> _unions = new();
    private readonly HashSet<(Module, int)>? _fields;
    private readonly HashSet<Type>? _whole;

    private CapturedUse(HashSet<(Module, int)>? fields, HashSet<Type>? whole)
    {
        _fields = fields;
        _whole = whole;
    }

    /// <summary>For an object that is used as a whole, or by code that cannot be seen.</summary>
    internal static CapturedUse Whole { get; } = new(null, null);

    /// <param name="code">A lambda, or the class of an iterator, of which all methods count.</param>
    internal static CapturedUse By(MemberInfo code) =>
        Platform.IsNativeAot ? Whole : s_known.GetOrAdd(code, static code => Find(code));

    /// <summary>Tells whether the code may read a variable.</summary>
    internal bool Includes(FieldInfo field) =>
        Platform.IsNativeAot || this == Whole || _fields!.Contains((field.Module, field.MetadataToken))
        || _whole!.Contains(ClosureTypes.DefinitionOf(field.DeclaringType!));

    /// <summary>What this lambda uses or another one.</summary>
    internal CapturedUse With(CapturedUse other)
    {
        if (Platform.IsNativeAot || this == other || this == Whole || other == Whole)
            return this == other ? this : Whole;
        if (_unions.TryGetValue(other, out var known))
            return known;
        var union = other._fields!.IsSubsetOf(_fields!) && other._whole!.IsSubsetOf(_whole!)
            ? this
            : new CapturedUse([.. _fields!, .. other._fields!], [.. _whole!, .. other._whole!]);
        if (_unions.Count < MostKept)
            _unions.TryAdd(other, union);
        return union;
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "What cannot be understood of a method counts as using everything.")]
    private static CapturedUse Find(MemberInfo code)
    {
        try
        {
            var flow = new ClosureFlow();
            return flow.TryFollow(code) ? new CapturedUse(flow.Read, flow.Escaped) : Whole;
        }
        catch (Exception)
        {
            return Whole;
        }
    }
}
