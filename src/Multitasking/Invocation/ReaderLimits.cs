using Multitasking.Invocation.Trusting;

namespace Multitasking.Invocation;

/// <summary>
/// What the reader of a message will not take, while it is written: classes that it does not trust, and exceptions, tuples and views that
/// hold each other too deep. One is for all messages of a writer.
/// </summary>
internal sealed class ReaderLimits
{
    private Type? _last;

    /// <summary>Tells whether objects hold each other whose own methods walk through what they hold.</summary>
    internal bool HasNesting { get; private set; }

    /// <summary>Begins another message.</summary>
    internal void Clear()
    {
        _last = null;
        HasNesting = false;
    }

    /// <param name="reader">What the reader makes; <see langword="null"/> for one that believes.</param>
    /// <param name="type">A type that is about to be named.</param>
    /// <param name="paths">The way to where it stands.</param>
    /// <exception cref="UntrustedObjectException">No object of it would be made.</exception>
    internal void Check(Trust? reader, Type type, ObjectPaths paths)
    {
        // Items of a collection are mostly of one type.
        if (reader is null || ReferenceEquals(type, _last))
            return;
        if (reader.Untrusted(type) is { } untrusted)
            throw Refuse(untrusted, paths);
        _last = type;
    }

    /// <inheritdoc cref="Check(Trust?, Type, ObjectPaths)"/>
    /// <summary>The same for a type of which a method is to be called.</summary>
    internal static void CheckCode(Trust? reader, Type type, ObjectPaths paths)
    {
        if (reader?.Calls(type) is false)
            throw Refuse(type, paths);
    }

    /// <summary>Notes that an object holds another whose own methods walk through what it holds.</summary>
    internal void Nest(WrittenObjects objects, int holder)
    {
        if (holder >= 0 && objects[holder].Shape is { Nests: true })
            HasNesting = true;
    }

    /// <summary>What nests too much; <see langword="null"/> for nothing.</summary>
    /// <param name="objects">The objects of the message.</param>
    /// <param name="order">Which of them refers to which.</param>
    internal static string? Excess(WrittenObjects objects, ReferenceOrder order)
    {
        bool[] nests = new bool[objects.Count];
        for (int i = 0; i < nests.Length; i++)
            nests[i] = objects[i].Shape is { Nests: true };
        return Nesting.Excess(order, nests);
    }

    private static UntrustedObjectException Refuse(Type type, ObjectPaths paths)
    {
        string name = TypeNames.Of(type), assembly = type.Assembly.GetName().Name ?? "", path = $"{paths.Current} : {name}";
        string wayOut = type.Assembly == typeof(ReaderLimits).Assembly
            ? "Call it in a lambda of your own"
            // Made by the compiler: nobody can write its name.
            : type.Name.StartsWith('<')
                ? $"Declare a class of {assembly} as the result, the parameter or the message, or in a field of it, or allow it in the " +
                    "program: " +
                    "[assembly: TrustAssemblyOf(typeof(...))] with any class of it"
            : $"Declare the result, the parameter or the message as {name} or as a class with a field of it, or allow it in the program: " +
                $"[assembly: TrustAssemblyOf(typeof({name}))]";
        return new UntrustedObjectException(
            $"{path} cannot be sent: its reader makes no objects of the assembly {assembly}, and calls no methods of it, because nothing " +
            $"that the call declares is of it. {wayOut}.",
            path, assembly);
    }
}
