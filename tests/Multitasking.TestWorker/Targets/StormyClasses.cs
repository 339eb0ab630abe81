#pragma warning disable CA1065 // Static constructors that throw are what is tested.
#pragma warning disable CA1810 // So are static constructors.
#pragma warning disable CA2207
namespace Multitasking.TestWorker.Targets;

internal static class PoolInClass
{
    internal static int[] Table { get; }

    static PoolInClass() => Table = ProcessPool.Shared.MapAsync(Enumerable.Range(0, 10), Square).Result;

    private static int Square(int x) => x * x;
}

internal static class ChildInClass
{
    internal static int Value { get; }

    static ChildInClass() => Value = ChildProcess.RunAsync(Compute).Result;

    private static int Compute() => 42;
}

internal static class StartInClass
{
    internal static int Value { get; }

    static StartInClass()
    {
        var child = new ChildProcess(Compute);
        child.Start();
        child.Join();
        Value = child.ExitCode is 0 ? 1 : throw new InvalidOperationException("The child failed.", child.Exception);
    }

    private static void Compute()
    {
    }
}

internal interface IStorm
{
    int Value { get; }
}

internal sealed class ObjectInClass : IStorm
{
    internal static int Value { get; }

    static ObjectInClass() => Value = SharedObject.StartAsync<IStorm>(static () => new ObjectInClass()).Result.Value;

    int IStorm.Value => 1;
}

internal sealed class ObjectStorm : IStorm
{
    private static readonly int s_value;

    static ObjectStorm() => s_value = SharedObject.StartAsync<IStorm>(static () => new ObjectStorm()).Result.Value;

    int IStorm.Value => s_value;
}

internal readonly struct StormyStruct
{
    private static readonly int s_value;

    static StormyStruct() => s_value = ChildProcess.RunAsync(Compute).Result;

    internal StormyStruct(int value) => Value = value + s_value;

    internal int Value { get; }

    private static int Compute() => 42;
}

internal static class NestedStorm
{
    internal static class Inner
    {
        internal static int Value { get; }

        static Inner() => Value = ChildProcess.RunAsync(Compute).Result;

        private static int Compute() => 42;
    }
}

internal static class GenericStorm<T>
{
    internal static int Value { get; }

    static GenericStorm() => Value = ChildProcess.RunAsync(Compute).Result;

    private static int Compute() => typeof(T).Name.Length;
}

internal sealed class ArgumentStorm
{
    private static readonly int s_value;

    private int _added = 1;

    static ArgumentStorm() => s_value = ChildProcess.RunAsync(Take(new ArgumentStorm())).Result;

    internal static Func<int> Take(ArgumentStorm argument) => argument.Add;

    private int Add() => s_value + _added++;
}

internal sealed class CapturedStorm
{
    private static readonly int s_value;

    private readonly int _added = 1;

    static CapturedStorm() => s_value = ChildProcess.RunAsync(Taking(new CapturedStorm())).Result;

    internal static Func<int> Taking(CapturedStorm captured) => () => captured._added + s_value;
}

/// <summary>The start is not on the initializer's own thread, so that nothing but the number of processes tells.</summary>
internal static class OtherThreadStorm
{
    internal static int Value { get; }

    static OtherThreadStorm() => Value = Task.Run(static () => ProcessPool.Shared.MapAsync(Enumerable.Range(0, 10), Compute)).Result.Sum();

    private static int Compute(int x) => x + 42;
}

/// <summary>No initializer at all.</summary>
internal static class TargetStorm
{
    internal static int Run()
    {
        var all = new Task<int>[3];
        for (int i = 0; i < all.Length; i++)
            all[i] = ChildProcess.RunAsync(Run);
        return Task.WhenAll(all).Result.Sum();
    }
}
