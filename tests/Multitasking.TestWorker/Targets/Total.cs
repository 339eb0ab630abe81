namespace Multitasking.TestWorker.Targets;

/// <summary>A sum that lives in a process of its own, and says when it ends.</summary>
internal sealed class Total : ITotal, IDisposable
{
    public int Value { get; private set; }

    public void Add(int amount) => Value += amount;

    public void Dispose() => Say.Line("disposed of");
}
