using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

[Collection(nameof(Alone))]
public sealed class ThreadWorkerTests : WorkerContract
{
    protected override string NamePrefix => "Thread-";

    protected override Worker Current => ChildThread.Current;

    protected override Action JoinCurrent => static () => ChildThread.Current.Join();

    protected override Worker Create(
        Delegate target, object?[]? args = null, IReadOnlyDictionary<string, object?>? namedArgs = null, string? name = null) =>
        new ChildThread(target, args, namedArgs, name);
}
