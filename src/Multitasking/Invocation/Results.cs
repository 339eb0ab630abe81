using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Multitasking.Invocation;

/// <summary>What a target returns, and what its task yields.</summary>
internal static class Results
{
    internal static Type TypeOf(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask))
            return typeof(void);
        return YieldsValue(type) ? type.GenericTypeArguments[0] : type;
    }

    /// <exception cref="TargetNotSupportedException">No other process can answer with what the method returns.</exception>
    internal static void Check(MethodInfo method)
    {
        if (LazySequences.WhyNoResult(TypeOf(method)) is { } reason)
            throw new TargetNotSupportedException($"{TypeNames.Of(method)} returns {reason}");
    }

    /// <summary>Waits for a task on this thread, which belongs to the worker and has nothing else to do.</summary>
    internal static object? Unwrap(MethodInfo method, object? result)
    {
        var type = method.ReturnType;
        if (type == typeof(ValueTask))
            result = ((ValueTask)result!).AsTask();
        else if (YieldsValue(type) && type.IsValueType)
            result = type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(result, null);
        if (result is not Task task)
            return result;
        task.GetAwaiter().GetResult();
        return YieldsValue(type) ? typeof(Task<>).MakeGenericType(type.GenericTypeArguments).GetProperty(nameof(Task<>.Result))!.GetValue(task) : null;
    }

    /// <summary>
    /// An answer as its caller declared it: a value task, which cannot be the result of an asynchronous call, becomes a finished one.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2087", Justification = "The caller's own code makes and awaits this very value task.")]
    internal static T As<T>(object? result)
    {
        if (typeof(T) == typeof(ValueTask))
            return default!;
        return (T)(YieldsValue(typeof(T)) && typeof(T).IsValueType ? Activator.CreateInstance(typeof(T), result) : result)!;
    }

    private static bool YieldsValue(Type type) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(Task<>) || definition == typeof(ValueTask<>));
}
