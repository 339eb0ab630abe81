namespace Multitasking.TestWorker.Targets;

/// <summary>The face of <see cref="Total"/>.</summary>
internal interface ITotal
{
    int Value { get; }

    void Add(int amount);
}
