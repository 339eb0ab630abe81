using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Multitasking.Tests.Failures;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>What a task throws reaches the caller, as itself where it can be rebuilt and as text in any case.</summary>
[Collection(nameof(Alone))]
public sealed class FailingExceptionTests : PoolTest
{
    [Fact]
    public async Task Stack_of_the_worker_and_its_process_are_told()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        string text = (await FailureAsync<RemoteException>(pool.RunAsync(Outer, Cancelled))).ToString();
        Assert.All([nameof(Outer), nameof(Middle), nameof(Innermost), $"process {worker.Id}"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Inner_exceptions_and_those_of_an_aggregate_are_kept()
    {
        await using var pool = new ProcessPool(workers: 1);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(Thrower.Nested, Cancelled));
        var top = Assert.IsType<InvalidOperationException>(error.InnerException);
        var several = Assert.IsType<AggregateException>(top.InnerException);
        Assert.Equal([typeof(FormatException), typeof(OwnException)], several.InnerExceptions.Select(static one => one.GetType()));
    }

    [Fact]
    public async Task Exception_whose_constructor_throws_is_rebuilt_without_it()
    {
        await using var pool = new ProcessPool(workers: 1);
        int parent = Environment.ProcessId;
        var error = await FailureAsync<RemoteException>(pool.RunAsync(() => throw new HomesickException(parent), Cancelled));
        Assert.IsType<HomesickException>(error.InnerException);
        Assert.Equal("far from home", error.Message);
    }

    [Fact]
    public async Task Exception_that_holds_what_cannot_travel_comes_as_text_and_leaves_the_worker_alone()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(static () => throw new HoldingException(Thread.CurrentThread), Cancelled));
        Assert.Equal((typeof(HoldingException).FullName, "holding"), (error.TypeName, error.Message));
        Assert.Null(error.InnerException);
        Assert.Contains(nameof(Exception_that_holds_what_cannot_travel_comes_as_text_and_leaves_the_worker_alone), error.RemoteStackTrace, StringComparison.Ordinal);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Exception_of_a_type_that_exists_in_the_worker_alone_comes_as_text()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(ThrowWhatIsMadeHere, Cancelled));
        Assert.Equal("MadeHereException", error.TypeName);
        Assert.Null(error.InnerException);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Exception_that_throws_when_it_is_read_is_told_all_the_same()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(static () => throw new ThrowingMessageException(), Cancelled));
        Assert.Equal(typeof(ThrowingMessageException).FullName, error.TypeName);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Exception_that_exits_when_it_is_read_loses_its_task()
    {
        await using var pool = new ProcessPool(workers: 1);
        Assert.Equal(9, (await FailureAsync<WorkerLostException>(pool.RunAsync(static () => throw new ExitingMessageException(), Cancelled))).ExitCode);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Exception_larger_than_the_link_crosses()
    {
        await using var pool = new ProcessPool(workers: 1);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(static () => throw new InvalidDataException(new string('x', 3 << 20)), Cancelled));
        Assert.Equal(3 << 20, error.Message.Length);
        await WorksAsync(pool);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Outer() => Middle();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Middle() => Innermost();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Innermost() => throw new InvalidDataException("deep down");

    private static void ThrowWhatIsMadeHere()
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("MadeHere"), AssemblyBuilderAccess.Run).DefineDynamicModule("MadeHere");
        var type = module.DefineType("MadeHereException", TypeAttributes.Public | TypeAttributes.Sealed, typeof(Exception)).CreateType();
        throw (Exception)Activator.CreateInstance(type)!;
    }

    private sealed class HomesickException : Exception
    {
        public HomesickException(int parent) : base("far from home")
        {
            if (Environment.ProcessId == parent)
                throw new InvalidOperationException("No constructor shall run in the parent.");
        }
    }

    private sealed class ExitingMessageException : Exception
    {
        public override string Message
        {
            get
            {
                Environment.Exit(9);
                return "";
            }
        }
    }
}
