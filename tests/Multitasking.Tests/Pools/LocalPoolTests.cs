using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Pools;

/// <summary>What pools inside this process do beyond the common: their targets share the caller's objects, the pool among them.</summary>
public abstract class LocalPoolTests : WorkerTest
{
    protected abstract WorkerPool Create(PoolOptions options);

    [Fact]
    public async Task Disposal_inside_a_task_is_refused()
    {
        await using var pool = Create(new PoolOptions { Workers = 1, Name = "snake" });
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(() => pool.DisposeAsync().AsTask().GetAwaiter().GetResult(), Cancelled));
        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Contains("A task of snake disposes it", error.Message, StringComparison.Ordinal);
        // It is still open.
        Assert.Equal(1, await pool.RunAsync(static () => 1, Cancelled));
    }

    [Fact]
    public async Task Disposal_inside_a_task_is_refused_after_an_await()
    {
        await using var pool = Create(new PoolOptions { Workers = 1 });
        var error = await Assert.ThrowsAsync<RemoteException>(
            () => pool.RunAsync(
                async () =>
                {
                    await Task.Yield();
                    await Task.Run(async () => await pool.DisposeAsync());
                },
                Cancelled));
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public async Task Disposal_by_what_a_task_left_behind_is_accepted_after_its_end()
    {
        var pool = Create(new PoolOptions { Workers = 1 });
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task left = null!;
        await pool.RunAsync(() => { left = Task.Run(async () => { await isOver.Task; await pool.DisposeAsync(); }); }, Cancelled);
        isOver.SetResult();
        await left.WaitAsync(Until.Limit, Cancelled);
    }

    [Fact]
    public async Task Disposal_of_one_pool_inside_a_task_of_another_is_accepted()
    {
        await using var one = Create(new PoolOptions { Workers = 1 });
        var two = Create(new PoolOptions { Workers = 1 });
        await one.RunAsync(() => two.DisposeAsync().AsTask(), Cancelled);
        Assert.Throws<ObjectDisposedException>(() => { _ = two.RunAsync(static () => 1, Cancelled); });
    }

    [Fact]
    public async Task Abort_inside_a_task_ends_the_pool()
    {
        var pool = Create(new PoolOptions { Workers = 1 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(pool.Abort, Cancelled));
        await pool.DisposeAsync();
    }

    [Fact]
    public async Task What_a_task_sets_for_its_flow_the_next_does_not_see()
    {
        var local = new AsyncLocal<string?>();
        await using var pool = Create(new PoolOptions { Workers = 1 });
        await pool.RunAsync(() => { local.Value = "first"; }, Cancelled);
        Assert.Null(await pool.RunAsync(() => local.Value, Cancelled));
    }

    [Fact]
    public async Task Finished_task_is_not_held_by_its_pool_or_its_token()
    {
        using var source = new CancellationTokenSource();
        await using var pool = Create(new PoolOptions { Workers = 2 });
        var held = await RunManyAsync(pool, source.Token);
        await Until.TrueAsync(
            () =>
            {
                GC.Collect();
                return !held.Any(static reference => reference.IsAlive);
            });
    }

    private static async Task<List<WeakReference>> RunManyAsync(WorkerPool pool, CancellationToken token)
    {
        var held = new List<WeakReference>();
        for (int i = 0; i < 200; i++)
            held.Add(await RunOneAsync(pool, token));
        return held;
    }

    private static async Task<WeakReference> RunOneAsync(WorkerPool pool, CancellationToken token)
    {
        object argument = new();
        await pool.RunAsync(static _ => { }, argument, token);
        return new WeakReference(argument);
    }
}
