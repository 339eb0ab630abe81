using Multitasking.Synchronization;

namespace Multitasking.Tests.Objects;

internal sealed class Ledger(string label = "ledger") : ILedger
{
    private readonly Dictionary<string, int> _entries = [];
    private object? _kept;

    public string Label => label;

    public int Count { get; private set; }

    public string? Owner { get; set; }

    public int this[string key]
    {
        get => _entries[key];
        set => _entries[key] = value;
    }

    // Loses some where two run at once.
    public void Add(int amount)
    {
        int before = Count;
        Thread.SpinWait(50);
        Count = before + amount;
    }

    public int Add(int first, int second) => first + second;

    public int ProcessId() => Environment.ProcessId;

    public int[] Squares(IReadOnlyList<int> numbers) => [.. numbers.Select(static number => number * number)];

    public (string Text, Entry? Entry) Describe(Entry? entry, DayOfWeek? day) =>
        ($"{entry?.Name ?? "nothing"} on {day?.ToString() ?? "no day"}", entry is null ? null : entry with { Amount = entry.Amount + 1 });

    public async Task AddAsync(int amount)
    {
        await Task.Yield();
        Add(amount);
        await Task.Delay(1);
        Add(amount);
    }

    public async Task<int> SumAsync(int[] numbers)
    {
        await Task.Yield();
        return numbers.Sum();
    }

    public async ValueTask AddSoonAsync(int amount)
    {
        await Task.Yield();
        Add(amount);
    }

    public ValueTask<string> EchoAsync(string text) => new(text);

    public void Throw(string message) => throw new LedgerException(message);

    public async Task ThrowAsync(string message)
    {
        await Task.Yield();
        throw new LedgerException(message);
    }

    public bool IsCancelled(int number, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested;

    public Task<bool> IsCancelledAsync(CancellationToken cancellationToken) => Task.FromResult(cancellationToken.IsCancellationRequested);

    public Task BlockAsync(ProcessEvent until)
    {
        until.Wait();
        return Task.CompletedTask;
    }

    public string Describe(object value) => value.ToString()!;

    public int CountUntilCancelled(CancellationToken cancellationToken)
    {
        Count = 0;
        cancellationToken.WaitHandle.WaitOne();
        return Count = 77;
    }

    public async Task<int> WaitAsync(string gate, CancellationToken cancellationToken)
    {
        Owner = gate;
        try
        {
            while (!File.Exists(gate))
                await Task.Delay(2, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Owner = "cancelled";
            throw;
        }
        return 1;
    }

    public void Crash() => Environment.FailFast("as the test wants");

    public void Wait(string gate)
    {
        File.WriteAllText($"{gate}.begun", "");
        while (!File.Exists(gate))
            Thread.Sleep(2);
    }

    public object Keep(object value)
    {
        _kept = value;
        return _kept is ILedger other ? other.Label : value.GetType().Name;
    }
}

internal sealed class LedgerException(string message) : Exception(message);
