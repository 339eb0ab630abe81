using System.Reflection;

namespace Multitasking.Invocation.Closures;

/// <summary>
/// Follows closures through the code of a lambda and of all that the compiler made with it, and notes which of their fields are read. A
/// closure that gets to where its way cannot be followed counts as read as a whole.
/// </summary>
/// <remarks>
/// Types stand for objects: an object of a closure's class is known by the declared type of the variable, parameter or field that it is in,
/// and leaving such a place for any other is an escape.
/// </remarks>
internal sealed class ClosureFlow
{
    // Far more than one lambda has; it ends what cannot be.
    private const int MostMethods = 10_000;

    private readonly HashSet<(Module, int)> _seen = [];
    private readonly HashSet<Type> _holders = [];
    private readonly Stack<MethodBase> _methods = new();

    /// <summary>The fields that are read.</summary>
    internal HashSet<(Module, int)> Read { get; } = [];

    /// <summary>The closures of which all fields may be.</summary>
    internal HashSet<Type> Escaped { get; } = [];

    /// <returns>Whether all of its code could be followed.</returns>
    internal bool TryFollow(MemberInfo code)
    {
        if (code is Type holder)
            FollowHolder(holder);
        else
            Follow((MethodBase)code);
        while (_methods.TryPop(out var method))
            if (_seen.Count > MostMethods || !MethodFlow.TryFollow(method, this))
                return false;
        return true;
    }

    /// <summary>A method of the compiler's is called, or a delegate made of it.</summary>
    internal void Follow(MethodBase method)
    {
        if (_seen.Add((method.Module, method.MetadataToken)))
            _methods.Push(method);
    }

    /// <summary>A closure is kept in a field of another closure or of a state machine, where all methods of that find it.</summary>
    internal void FollowHolder(Type holder)
    {
        if (!_holders.Add(ClosureTypes.DefinitionOf(holder)))
            return;
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var method in holder.GetMethods(Any | BindingFlags.DeclaredOnly))
            Follow(method);
    }

    internal void NoteRead(FieldInfo field) => Read.Add((field.Module, field.MetadataToken));

    /// <summary>A closure, and with it those that it leads to.</summary>
    internal void NoteEscape(Type closure)
    {
        if (!Escaped.Add(closure))
            return;
        foreach (var field in closure.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            if (ClosureTypes.ClosureOf(field.FieldType) is { } outer)
                NoteEscape(outer);
    }
}
