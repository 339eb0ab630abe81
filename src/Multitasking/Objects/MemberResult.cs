using Multitasking.Invocation;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Objects;

/// <summary>How a member gives its result: at once, or by a task.</summary>
internal abstract class MemberResult(Type value)
{
    /// <summary>The place of the value that crosses; <see langword="null"/> for nothing.</summary>
    internal Slot? Slot { get; } = value == typeof(void) ? null : new Slot(value);

    /// <summary>Tells whether reading it is nothing but copying so many bytes.</summary>
    internal bool IsShort { get; } = value == typeof(void) || (value.IsValueType && ShapeCatalog.Find(value) is BlockShape);

    /// <summary>Makes what the caller will await; <see langword="null"/> for a member that is not asynchronous.</summary>
    internal abstract CallCompletion? NewCompletion();

    /// <summary>Gives the caller his result; for a member that is not asynchronous he waits here.</summary>
    internal abstract object? ToCaller(PendingCall call);

    /// <summary>
    /// The value to come of what an asynchronous member returned; <see langword="null"/> for one that is not asynchronous.
    /// </summary>
    internal abstract Task<object?>? ToCome(object? returned);

    internal static MemberResult Of(Type returned)
    {
        var value = ValueOf(returned);
        if (value == returned)
            return new PresentResult(returned);
        bool isValueTask = returned.IsValueType;
        return value == typeof(void)
            ? new TaskResult(isValueTask)
            : (MemberResult)Activator.CreateInstance(typeof(TaskResult<>).MakeGenericType(value), args: [isValueTask])!;
    }

    /// <summary>Finds the type of the result of a task of this type; the type itself if it is no task.</summary>
    internal static Type ValueOf(Type returned)
    {
        if (returned == typeof(Task) || returned == typeof(ValueTask))
            return typeof(void);
        bool isTask = returned.IsConstructedGenericType && returned.GetGenericTypeDefinition() is var definition && (definition == typeof(Task<>) || definition == typeof(ValueTask<>));
        return isTask ? returned.GenericTypeArguments[0] : returned;
    }
}
