namespace Multitasking.Objects;

/// <summary>The result of a member that is not asynchronous.</summary>
internal sealed class PresentResult(Type value) : MemberResult(value)
{
    internal override CallCompletion? NewCompletion() => null;

    internal override object? ToCaller(PendingCall call) => call.Wait();

    internal override Task<object?>? ToCome(object? returned) => null;
}
