using Xunit;

namespace Multitasking.Tests.Targets;

/// <summary><c>ChildProcess.RunAsync</c> until the test is cancelled.</summary>
internal static class InChild
{
    internal static Task<T> RunAsync<T>(Func<T> target) =>
        ChildProcess.RunAsync(target, cancellationToken: TestContext.Current.CancellationToken);

    internal static Task<T> RunAsync<T>(Func<Task<T>> target) =>
        ChildProcess.RunAsync(target, cancellationToken: TestContext.Current.CancellationToken);

    internal static Task RunAsync(Action target) =>
        ChildProcess.RunAsync(target, cancellationToken: TestContext.Current.CancellationToken);

    internal static Task RunAsync(Func<Task> target) =>
        ChildProcess.RunAsync(target, cancellationToken: TestContext.Current.CancellationToken);
}
