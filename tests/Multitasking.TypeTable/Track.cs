namespace Multitasking.TypeTable;

/// <summary>What all values cross by: one pool, one channel and one shared object.</summary>
internal sealed class Track : IAsyncDisposable
{
    private readonly Lazy<IEcho> _echo = new(static () => SharedObject.StartAsync<IEcho>(static () => new Echo()).GetAwaiter().GetResult());

    internal ProcessPool Pool { get; } = new(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromSeconds(60) });

    internal ProcessChannel<Holder<object>> Channel { get; } = ProcessChannel.CreateBounded<Holder<object>>(10);

    internal IEcho Echo => _echo.Value;

    public async ValueTask DisposeAsync()
    {
        if (_echo.IsValueCreated)
            SharedObject.Release(_echo.Value);
        Channel.Dispose();
        await Pool.DisposeAsync();
    }
}

internal interface IEcho
{
    object Say(object value);
}

internal sealed class Echo : IEcho
{
    public object Say(object value) => value;
}
