using System.Collections.Concurrent;
using System.Reflection;
using Multitasking.Invocation.Shapes;
using Multitasking.Invocation.Trusting;

namespace Multitasking.Invocation;

/// <summary>What there is to know of a target, whichever delegate it comes in; found once.</summary>
internal sealed class TargetInfo
{
    // A method may be called on an object by one delegate and without one by another: an extension method, as a rule.
    private static readonly ConcurrentDictionary<(MethodInfo Method, bool HasObject), TargetInfo> s_known = new();

    // Lambdas that capture nothing, and method groups, are the same delegate each time.
    [ThreadStatic]
    private static Delegate? s_lastDelegate;

    [ThreadStatic]
    private static TargetInfo? s_last;

    private readonly ParameterInfo[] _parameters;

    private TargetInfo(Delegate target)
    {
        Method = target.Method;
        _parameters = Method.GetParameters();
        Name = TypeNames.Of(Method);
        Labels = Label;
        Trust = Trust.Of(Method);
        IsAsync = typeof(Task).IsAssignableFrom(Method.ReturnType);
        TakesToken = Array.Exists(_parameters, static parameter => parameter.ParameterType == typeof(CancellationToken));
        HasState = target.Target is { } owner && !IsEmptyClosure(Method, owner.GetType());
    }

    internal MethodInfo Method { get; }

    /// <summary>The target for messages: <c>Type.Method</c>.</summary>
    internal string Name { get; }

    /// <summary>What is made of its answers, as far as it declares them.</summary>
    internal Trust Trust { get; }

    /// <summary>Tells whether it may go on after it has returned.</summary>
    internal bool IsAsync { get; }

    /// <summary>Tells whether the token of its task can reach it.</summary>
    internal bool TakesToken { get; }

    /// <summary>Tells whether its object holds anything: captured variables, fields.</summary>
    internal bool HasState { get; }

    /// <exception cref="TargetNotSupportedException">The target is of a kind that cannot be run by a worker.</exception>
    internal static TargetInfo Of(Delegate target)
    {
        if (ReferenceEquals(target, s_lastDelegate))
            return s_last!;
        if (!target.HasSingleTarget)
            throw new TargetNotSupportedException("The target is a combination of several delegates. Run each of them.");
        var method = target.Method;
        var key = (method, target.Target is not null);
        if (!s_known.TryGetValue(key, out var info))
        {
            Call.Check(method);
            CheckAwaitable(method);
            Results.Check(method);
            info = s_known.GetOrAdd(key, new TargetInfo(target));
        }
        if (!info.HasState)
            (s_lastDelegate, s_last) = (target, info);
        return info;
    }

    /// <summary>
    /// A call that is declared to return a value task would end at the first await, and what it goes on with would have no time limit and
    /// no cancellation.
    /// </summary>
    private static void CheckAwaitable(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(ValueTask) || (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            throw new TargetNotSupportedException(
                $"{TypeNames.Of(method)} returns a value task, which no pool awaits. Make it return Task, or call it by an async lambda that awaits it.");
    }

    /// <summary>The compiler calls lambdas that capture nothing on an object without fields.</summary>
    private static bool IsEmptyClosure(MethodInfo method, Type owner) =>
        !method.IsStatic && owner == method.DeclaringType && owner.IsSealed && FieldsShape.FieldsOf(owner, stopAt: typeof(object)).Length == 0;

    /// <summary>What an argument is called in errors; the target's own object has number -1.</summary>
    internal Func<int, string> Labels { get; }

    private string Label(int number) =>
        number < 0 ? "the target's object" : number < _parameters.Length ? $"argument '{_parameters[number].Name}'" : $"argument {number + 1}";
}
