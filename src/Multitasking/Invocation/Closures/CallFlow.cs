using System.Reflection;

namespace Multitasking.Invocation.Closures;

/// <summary>Follows closures into the calls of one method.</summary>
internal sealed class CallFlow
{
    // ECMA-335, II.22.25 and II.22.29.
    private const int ReferenceTable = 0x0A;

    // Of an instance method without arguments that returns an object: Delegate.Target has it.
    private static readonly byte[] s_objectGetter = [0x20, 0x00, 0x1C];

    private readonly MethodBase _method;
    private readonly ClosureFlow _flow;
    private readonly Type[]? _typeArguments;
    private readonly Type[]? _methodArguments;

    internal CallFlow(MethodBase method, ClosureFlow flow)
    {
        _method = method;
        _flow = flow;
        _typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        _methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
    }

    internal MemberInfo Resolve(int token) => _method.Module.ResolveMember(token, _typeArguments, _methodArguments)!;

    /// <summary>The method that a delegate is about to be made of.</summary>
    internal MethodBase Pointed(int token)
    {
        var method = (MethodBase)Resolve(token);
        if (ClosureTypes.IsMadeByCompiler(method))
            _flow.Follow(method);
        return method;
    }

    /// <summary>Takes what a call takes from the stack, and leaves there what it gives.</summary>
    /// <returns>Whether the call could be followed as far as it matters.</returns>
    internal bool TryCall(string instruction, int token, List<object?> stack)
    {
        bool isNew = instruction == "newobj", isIndirect = instruction == "calli";
        var called = !isIndirect && (isNew || MayMatter(token)) ? (MethodBase)Resolve(token) : null;
        var signature = called is null ? MethodSignature.Read(_method.Module.ResolveSignature(token)) : MethodSignature.Of(called);
        int count = isNew ? signature.Arguments - 1 : signature.Arguments + (isIndirect ? 1 : 0);
        if (count > stack.Count)
            return false;
        var arguments = stack[^count..];
        stack.RemoveRange(stack.Count - count, count);
        if (isIndirect)
            EscapeAll(arguments);
        else if (called is not null || arguments.Exists(static argument => argument is not null))
        {
            called ??= (MethodBase)Resolve(token);
            if (called.DeclaringType == typeof(Delegate) && called.Name == "get_" + nameof(Delegate.Target))
                return false;
            OnCall(called, isNew, arguments);
        }
        if (isNew)
            stack.Add(ClosureTypes.ClosureOf(called!.DeclaringType!));
        else if (!signature.IsVoid)
            stack.Add(null);
        return true;
    }

    /// <summary>
    /// Tells whether the method has to be looked at even if it is given no closure: the compiler's own stand in the same module, unless
    /// they are generic. Others, and their assemblies, need not be loaded for it.
    /// </summary>
    private bool MayMatter(int token) =>
        token >>> 24 != ReferenceTable || _typeArguments is not null || _methodArguments is not null
        || _method.Module.ResolveSignature(token).AsSpan().SequenceEqual(s_objectGetter);

    private void OnCall(MethodBase called, bool isNew, List<object?> arguments)
    {
        var type = called.DeclaringType;
        bool isFollowed = ClosureTypes.IsMadeByCompiler(called);
        if (isFollowed)
            _flow.Follow(called);
        if (isNew && typeof(Delegate).IsAssignableFrom(type))
        {
            OnDelegate(arguments);
            return;
        }
        for (int i = 0; i < arguments.Count; i++)
            if (arguments[i] is Type closure && !Keeps(called, isNew || called.IsStatic ? i : i - 1, closure, isFollowed))
                _flow.NoteEscape(closure);
    }

    /// <summary>
    /// A delegate calls the method on the closure that declares it, and that is all that can be done with it; but for <see
    /// cref="Delegate.Target"/>.
    /// </summary>
    private void OnDelegate(List<object?> arguments)
    {
        if (arguments is not [Type closure, var pointed])
            return;
        if (pointed is not MethodBase { IsStatic: false, DeclaringType: { } owner } || ClosureTypes.DefinitionOf(owner) != closure)
            _flow.NoteEscape(closure);
    }

    /// <summary>Tells whether a closure is still known for one in the method that it is given to.</summary>
    private static bool Keeps(MethodBase called, int parameter, Type closure, bool isFollowed)
    {
        if (parameter < 0)
            // The constructor of every object calls that of its base.
            return called.DeclaringType == typeof(object)
                ? called.IsConstructor
                : isFollowed && ClosureTypes.DefinitionOf(called.DeclaringType!) == closure;
        return isFollowed && ClosureTypes.ClosureOf(called.GetParameters()[parameter].ParameterType) == closure;
    }

    private void EscapeAll(List<object?> arguments)
    {
        foreach (object? argument in arguments)
            if (argument is Type closure)
                _flow.NoteEscape(closure);
    }
}
