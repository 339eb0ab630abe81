namespace Multitasking.TestWorker.Faulty;

/// <summary>What <see cref="ObjectUse"/> shares.</summary>
internal interface ICounter
{
    int Add(int number);

    Task<int> LengthAsync(byte[] bytes);

    Task WaitAsync(CancellationToken token);
}
