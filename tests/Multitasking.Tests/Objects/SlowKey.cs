namespace Multitasking.Tests.Objects;

/// <summary>A key of a set that is not read to its end, in a process other than the one that made it, before a gate is open.</summary>
internal sealed record SlowKey(string Gate, int Maker)
{
    public bool Equals(SlowKey? other) => other?.Gate == Gate;

    public override int GetHashCode()
    {
        // Where it is read. The file beside tells that it has come so far.
        if (Environment.ProcessId != Maker)
        {
            using (new FileStream($"{Gate}.begun", FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            {
                // Several may come so far at once.
            }
            while (!File.Exists(Gate))
                Thread.Sleep(5);
        }
        return 1;
    }
}
