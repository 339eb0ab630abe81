namespace Multitasking.TestWorker.Faulty;

/// <summary>What a program does with the library while its system calls fail.</summary>
internal static class Uses
{
    internal static IReadOnlyDictionary<string, Func<Steps, Task>> All { get; } = new Dictionary<string, Func<Steps, Task>>
    {
        ["child"] = ChildUse.RunAsync,
        ["ends"] = EndUse.RunAsync,
        ["pool"] = PoolUse.RunAsync,
        ["pool-ends"] = PoolEndUse.RunAsync,
        ["channel"] = ChannelUse.RunAsync,
        ["locks"] = LockUse.RunAsync,
        ["memory"] = MemoryUse.RunAsync,
        ["object"] = ObjectUse.RunAsync,
    };
}
