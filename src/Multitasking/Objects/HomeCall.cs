using System.Diagnostics.CodeAnalysis;
using Multitasking.Invocation;

namespace Multitasking.Objects;

/// <summary>A call, in the object's process.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the object's code throws becomes the outcome of the call.")]
internal sealed class HomeCall(object instance, HomeClient client, int number, FaceMember member, object?[] arguments)
{
    /// <summary>What may still say that a token of it is cancelled; <see langword="null"/> where none can be.</summary>
    internal HeardRequests? Heard { get; init; }

    /// <summary>The cultures that its caller has; <see langword="null"/> for the usual ones.</summary>
    internal CallerCulture? Culture { get; init; }

    /// <summary>Runs it, up to its first await if it is asynchronous. The thread has the turn.</summary>
    internal void Run()
    {
        Heard?.Await();
        // What the member sets for its flow, a culture for one, is not the next one's.
        var context = ExecutionContext.Capture()!;
        Culture?.EnterThread();
        RunHere();
        ExecutionContext.Restore(context);
    }

    private void RunHere()
    {
        object? returned;
        try
        {
            returned = member.Invoke(instance, arguments);
        }
        catch (Exception exception)
        {
            client.Fail(number, exception);
            return;
        }
        if (member.Result.ToCome(returned) is { } toCome)
            _ = FinishAsync(toCome);
        else
            client.Answer(number, member, returned);
    }

    private async Task FinishAsync(Task<object?> toCome)
    {
        object? value;
        try
        {
            // The answer is written when it is its turn: the object could change what it holds.
            value = await toCome.ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            client.Fail(number, exception);
            return;
        }
        client.Answer(number, member, value);
    }
}
