namespace Multitasking.Invocation.Calls;

/// <summary>The token that a target sees: the one it was given, or the task's own where that one can never be cancelled.</summary>
internal static class CallToken
{
    internal static T Or<T>(T argument, CancellationToken termination) =>
        typeof(T) == typeof(CancellationToken) && argument is CancellationToken { CanBeCanceled: false } ? (T)(object)termination : argument;
}
