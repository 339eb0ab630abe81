using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>A target that no worker can load fails when it is called, and no other does.</summary>
[Collection(nameof(Alone))]
public sealed class UnloadableTargetTests : PoolTest
{
    [Fact]
    public async Task Target_whose_assembly_is_gone_fails_its_own_task_and_leaves_its_worker_alone()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var gone = TargetOfMovedFile();

        var failure = await FailureAsync<RemoteException>(pool.RunAsync(gone, Cancelled));

        Assert.Equal(typeof(FileNotFoundException).FullName, failure.TypeName);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Target_whose_assembly_is_gone_keeps_no_later_worker_from_what_was_told_after_it()
    {
        await using var pool = new ProcessPool(workers: 1);
        var gone = TargetOfMovedFile();
        await FailureAsync<RemoteException>(pool.RunAsync(gone, Cancelled));
        await Assert.ThrowsAsync<RemoteException>(() => Soon(pool.MapAsync([1, 2, 3], ArgumentOfMovedFile(), Cancelled)));
        // Of an assembly that no word named before.
        Assert.Equal(new Uri("http://x/1"), await Soon(pool.RunAsync(static x => new Uri($"http://x/{x}"), 1, Cancelled)));

        Kill((await WorkerOfAsync(pool)).Id);

        await Until.TrueAsync(() => pool.WorkersAlive > 0);
        Assert.Equal(new Uri("http://x/2"), await Soon(pool.RunAsync(static x => new Uri($"http://x/{x}"), 2, Cancelled)));
        await FailureAsync<RemoteException>(pool.RunAsync(gone, Cancelled));
        await WorksAsync(pool);
        Assert.Null(pool.Trouble);
    }

    [Fact]
    public async Task Target_of_an_assembly_that_was_loaded_from_memory_is_refused_with_a_way_out()
    {
        await using var pool = new ProcessPool(workers: 1);
        string file = Compile();
        var target = TargetOf(Assembly.Load(await File.ReadAllBytesAsync(file, Cancelled)));
        var refusal = await Assert.ThrowsAsync<TargetNotSupportedException>(async () => await pool.RunAsync(target, Cancelled));
        Assert.Contains("loaded from memory", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LoadFromAssemblyPath", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<TargetNotSupportedException>(() => new ChildProcess(target).Start());
        await WorksAsync(pool);
    }

    private static Func<int> TargetOf(Assembly assembly) => assembly.GetType("Plugin")!.GetMethod("Answer")!.CreateDelegate<Func<int>>();

    private Func<int> TargetOfMovedFile() => TargetOf(LoadAndMove());

    private Func<int, int> ArgumentOfMovedFile() => LoadAndMove().GetType("Plugin")!.GetMethod("Same")!.CreateDelegate<Func<int, int>>();

    private Assembly LoadAndMove()
    {
        string file = Compile();
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
        File.Move(file, $"{file}.gone.dll");
        return assembly;
    }

    /// <summary>Makes an assembly of a name of its own, with a class <c>Plugin</c>.</summary>
    private string Compile()
    {
        string name = $"Plugin{Guid.NewGuid():N}", file = FileNamed($"{name}.dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule(name).DefineType("Plugin", TypeAttributes.Public | TypeAttributes.Class);
        var answer = type.DefineMethod("Answer", MethodAttributes.Public | MethodAttributes.Static, typeof(int), []).GetILGenerator();
        answer.Emit(OpCodes.Ldc_I4, 42);
        answer.Emit(OpCodes.Ret);
        var same = type.DefineMethod("Same", MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]).GetILGenerator();
        same.Emit(OpCodes.Ldarg_0);
        same.Emit(OpCodes.Ret);
        type.CreateType();
        assembly.Save(file);
        return file;
    }
}
