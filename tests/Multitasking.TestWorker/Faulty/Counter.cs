namespace Multitasking.TestWorker.Faulty;

/// <inheritdoc cref="ICounter"/>
internal sealed class Counter : ICounter
{
    private int _sum;

    public int Add(int number) => _sum += number;

    public Task<int> LengthAsync(byte[] bytes) => Task.FromResult(bytes.Length);

    public Task WaitAsync(CancellationToken token) => Task.Delay(Timeout.Infinite, token);
}
