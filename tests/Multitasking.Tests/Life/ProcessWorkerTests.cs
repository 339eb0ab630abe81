using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

[Collection(nameof(Alone))]
public sealed class ProcessWorkerTests : WorkerContract
{
    protected override string NamePrefix => "Process-";

    protected override Worker Current => ChildProcess.Current;

    protected override Action JoinCurrent => static () => ChildProcess.Current.Join();

    protected override Worker Create(
        Delegate target, object?[]? args = null, IReadOnlyDictionary<string, object?>? namedArgs = null, string? name = null) =>
        new ChildProcess(target, args, namedArgs, name);
}
