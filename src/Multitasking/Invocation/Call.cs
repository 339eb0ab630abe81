using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Invocation.Trusting;

namespace Multitasking.Invocation;

/// <summary>One call: a method, the object it is called on, and a value for each parameter.</summary>
internal sealed class Call
{
    private readonly MethodInfo _method;
    private readonly object? _target;
    private readonly object?[] _arguments;

    private Call(MethodInfo method, object? target, object?[] arguments)
    {
        _method = method;
        _target = target;
        _arguments = arguments;
    }

    /// <summary>The type of the answer: the method's, or what its task yields; <see cref="void"/> for none.</summary>
    internal Type ResultType => Results.TypeOf(_method);

    /// <summary>The target for messages.</summary>
    internal string Name => TypeNames.Of(_method);

    /// <summary>What its parent makes of its answer, as far as the call declares it.</summary>
    internal Trust Trust => Trust.Of(_method);

    /// <summary>Tells whether the target was given a token of its worker's end.</summary>
    internal bool TakesTermination => Array.IndexOf(_arguments, Termination.Instance) >= 0;

    /// <exception cref="ArgumentException">The arguments do not fit the target.</exception>
    /// <exception cref="TargetNotSupportedException">The target is of a kind that cannot be run by a worker.</exception>
    internal static Call Of(Delegate target, object?[]? args = null, IReadOnlyDictionary<string, object?>? namedArgs = null)
    {
        if (!target.HasSingleTarget)
            throw new TargetNotSupportedException("The target is a combination of several delegates. Start a worker for each of them.");
        var method = target.Method;
        // A delegate over an extension method carries the first argument of a static method.
        bool carriesFirst = method.IsStatic && target.Target is not null && method.GetParameters().Length > 0
            && method.GetParameters().Length == target.GetType().GetMethod("Invoke")!.GetParameters().Length + 1;
        Check(method);
        var arguments = ArgumentBinder.Bind(method, carriesFirst ? 1 : 0, args, namedArgs);
        return carriesFirst
            ? new Call(method, null, [target.Target, .. arguments])
            : new Call(method, method.IsStatic ? null : target.Target, arguments);
    }

    /// <exception cref="TargetNotSupportedException">Something cannot travel.</exception>
    internal void Write(GraphWriter writer)
    {
        SharedConverters.Write(writer);
        Crossing.CheckTarget(_method, _target);
        MethodIdentity.Write(writer, _method, owner: null);
        if (!_method.IsStatic)
            writer.WriteTarget(_method, _target, static _ => "the target's object", 0);
        var parameters = _method.GetParameters();
        for (int i = 0; i < parameters.Length; i++)
        {
            bool isToken = parameters[i].ParameterType == typeof(CancellationToken);
            if (isToken)
                writer.Bytes.WriteByte(_arguments[i] is Termination ? (byte)1 : (byte)0);
            if (_arguments[i] is not Termination)
                writer.WriteRoot(parameters[i].ParameterType, _arguments[i], $"argument '{parameters[i].Name}'");
        }
    }

    internal static Call Read(GraphReader reader)
    {
        SharedConverters.Read(reader);
        var method = MethodIdentity.Read(reader);
        object? target = method.IsStatic ? null : reader.ReadRoot(typeof(object));
        var parameters = method.GetParameters();
        object?[] arguments = parameters.Length == 0 ? [] : new object?[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
            arguments[i] = parameters[i].ParameterType == typeof(CancellationToken) && reader.Bytes.ReadByte() == 1
                ? Termination.Instance
                : reader.ReadRoot(parameters[i].ParameterType);
        return new Call(method, target, arguments);
    }

    /// <summary>Runs the target on this thread, to the end of its task if it returns one; what it throws comes out as it is.</summary>
    internal object? Invoke(CancellationToken termination)
    {
        for (int i = 0; i < _arguments.Length; i++)
            if (_arguments[i] is Termination)
                _arguments[i] = termination;
        object? result = _method.Invoke(_target, BindingFlags.DoNotWrapExceptions, binder: null, _arguments, culture: null);
        return Results.Unwrap(_method, result);
    }

    internal static void Check(MethodInfo method)
    {
        foreach (var parameter in method.GetParameters())
            if (parameter.ParameterType.IsByRef || parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsPointer)
                throw new TargetNotSupportedException(
                    $"Parameter '{parameter.Name}' of {TypeNames.Of(method)} is passed by reference or is a span, and would refer to " +
                    "this caller's memory. Take a value or an array, and return what is to come back.");
        if (method.ReturnType.IsByRef || method.ReturnType.IsByRefLike || method.ReturnType.IsPointer)
            throw new TargetNotSupportedException($"{TypeNames.Of(method)} returns a reference into its own memory. Return a value or an array.");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
            throw new TargetNotSupportedException(
                $"{TypeNames.Of(method)} is async void: nobody can tell when it ends. Make it return Task.");
    }
}
