namespace Multitasking.Pools.InProcess;

/// <summary>To be written.</summary>
internal sealed class InlineEngine(PoolOptions options) : PoolEngine(options)
{
    internal override int WorkersAlive => throw new NotImplementedException();

    internal override void Cancel(PoolTask task) => throw new NotImplementedException();

    internal override void Abort() => throw new NotImplementedException();

    internal override Task EndAsync() => throw new NotImplementedException();

    protected override void Accept(PoolTask task) => throw new NotImplementedException();
}
