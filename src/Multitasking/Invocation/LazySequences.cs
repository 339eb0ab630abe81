using System.Collections;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation;

/// <summary>Sequences that have not run yet: their code would run where they are read.</summary>
internal static class LazySequences
{
    /// <summary>Why objects of a type never travel; <see langword="null"/> where it is for another reason, or they do.</summary>
    internal static string? WhyRefused(Type type)
    {
        if (type.Name.StartsWith('<') && typeof(IAsyncStateMachine).IsAssignableFrom(type)
            && Array.Exists(type.GetInterfaces(), IsAsynchronous))
            return "it is an asynchronous iterator, which runs where it is read; read its items into a list and send that (for a result, " +
                "in the target)";
        return IsQuery(type)
            ? "it is a query, which runs where it is read; call ToList and send the list (for a result, in the target)"
            : null;
    }

    /// <summary>Says whether the compiler made a class of a method that yields its items.</summary>
    internal static bool IsIterator(Type type)
    {
        string name = type.Name;
        // Of a method <Name>d__1, of a local function <<Name>g__Local|1_2>d.
        bool isMade = (name.StartsWith('<') && name.Contains(">d", StringComparison.Ordinal))
            || name.StartsWith("VB$StateMachine", StringComparison.Ordinal);
        if (IsAsync(type))
            return true;
        // F# names its closures by the line that they stand in, and has a base class for sequences.
        return isMade ? typeof(IEnumerator).IsAssignableFrom(type)
            : type.BaseType is { IsGenericType: true, Name: "GeneratedSequenceBase`1" } || IsCached(type)
            || (name.Contains('@') && (typeof(IEnumerable).IsAssignableFrom(type) || typeof(IEnumerator).IsAssignableFrom(type)));
    }

    /// <summary>Says whether it is what F# makes of <c>async { }</c>.</summary>
    internal static bool IsAsync(Type type) => type is { Namespace: "Microsoft.FSharp.Control", Name: "FSharpAsync`1" };

    /// <summary>Why no process can answer with a value of this type, whatever it holds; <see langword="null"/> where it can.</summary>
    internal static string? WhyNoResult(Type type)
    {
        if (IsAsync(type))
            return "an async, which has not run yet. Run it in the target, by Async.RunSynchronously, or return Async.StartAsTask of it.";
        if (typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || IsOf(type, typeof(ValueTask<>)))
            return "a task in a task, and the inner one belongs to the process that runs it. Await it in the target, and return what it " +
                "yields.";
        return IsAsynchronous(type)
            ? "a sequence that runs where it is read. Read it in the target and return a list, or report each item through a progress or a " +
                "channel."
            : null;
    }

    /// <summary>What <c>Seq.cache</c> makes has run as far as it was read.</summary>
    private static bool IsCached(Type type) => type is { Namespace: "Microsoft.FSharp.Collections", Name: "CachedSeq`1" };

    private static bool IsQuery(Type type) =>
        ShapeCatalog.IsFrameworks(type.Assembly) && type.Namespace == "System.Linq" && typeof(IEnumerable).IsAssignableFrom(type)
        && type.DeclaringType?.Name == "Enumerable" && !FrameworkTypes.TravelByFields(type);

    private static bool IsAsynchronous(Type type) => IsOf(type, typeof(IAsyncEnumerable<>)) || IsOf(type, typeof(IAsyncEnumerator<>));

    private static bool IsOf(Type type, Type definition) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == definition;
}
