namespace Multitasking.Pools.Processes;

/// <summary>To be written.</summary>
internal sealed class ProcessEngine(PoolOptions options) : PoolEngine(options)
{
    internal IReadOnlyList<int> WorkerIds => throw new NotImplementedException();

    internal override int WorkersAlive => throw new NotImplementedException();

    internal override void Cancel(PoolTask task) => throw new NotImplementedException();

    internal override void Abort() => throw new NotImplementedException();

    internal override Task EndAsync() => throw new NotImplementedException();

    protected override void Accept(PoolTask task) => throw new NotImplementedException();
}
