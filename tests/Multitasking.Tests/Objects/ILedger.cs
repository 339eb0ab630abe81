using Multitasking.Synchronization;

namespace Multitasking.Tests.Objects;

/// <summary>Every kind of member that a shared object may have.</summary>
internal interface ILedger : ILabelled
{
    int Count { get; }

    string? Owner { get; set; }

    int this[string key] { get; set; }

    void Add(int amount);

    int Add(int first, int second);

    int ProcessId();

    int[] Squares(IReadOnlyList<int> numbers);

    (string Text, Entry? Entry) Describe(Entry? entry, DayOfWeek? day = null);

    Task AddAsync(int amount);

    Task<int> SumAsync(int[] numbers);

    ValueTask AddSoonAsync(int amount);

    ValueTask<string> EchoAsync(string text);

    void Throw(string message);

    Task ThrowAsync(string message);

    int CountUntilCancelled(CancellationToken cancellationToken);

    bool IsCancelled(int number, CancellationToken cancellationToken);

    Task<bool> IsCancelledAsync(CancellationToken cancellationToken);

    Task BlockAsync(ProcessEvent until);

    string Describe(object value);

    Task<int> WaitAsync(string gate, CancellationToken cancellationToken = default);

    void Crash();

    void Wait(string gate);

    object Keep(object value);

    int Twice(int number) => Add(number, number);
}

/// <summary>What an interface may inherit.</summary>
internal interface ILabelled
{
    string Label { get; }
}

internal sealed record Entry(string Name, int Amount, List<string> Tags);
