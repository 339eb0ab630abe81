using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

public sealed class RecursiveMutexTests : IDisposable
{
    private readonly ProcessMutex _mutex = new(isRecursive: true);

    public void Dispose() => _mutex.Dispose();

    [Fact]
    public void Thread_that_is_inside_enters_again_and_leaves_as_often()
    {
        using (_mutex.Enter())
        {
            using (_mutex.Enter())
                AssertHeld();
            Assert.True(_mutex.TryEnter(TimeSpan.Zero, out var hold));
            hold.Dispose();
            AssertHeld();
        }
        AssertFree();
    }

    [Fact]
    public void Holds_may_be_left_in_any_order()
    {
        var outer = _mutex.Enter();
        var middle = _mutex.Enter();
        var inner = _mutex.Enter();
        outer.Dispose();
        outer.Dispose();
        inner.Dispose();
        AssertHeld();
        inner.Dispose();
        AssertHeld();
        middle.Dispose();
        AssertFree();
    }

    [Fact]
    public void Exit_leaves_the_last_entry()
    {
        var outer = _mutex.Enter();
        var inner = _mutex.Enter();
        _mutex.Exit();
        inner.Dispose();
        AssertHeld();
        _mutex.Exit();
        outer.Dispose();
        Assert.Throws<SynchronizationLockException>(_mutex.Exit);
        AssertFree();
    }

    [Fact]
    public void Another_thread_cannot_leave_it()
    {
        using var hold = _mutex.Enter();
        OnAnotherThread(() =>
        {
            Assert.Throws<SynchronizationLockException>(_mutex.Exit);
            Assert.Throws<SynchronizationLockException>(hold.Dispose);
        });
        AssertHeld();
    }

    [Fact]
    public async Task Entering_without_a_thread_is_refused()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _mutex.EnterAsync().AsTask());
        Assert.Contains("isRecursive", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _mutex.TryEnterAsync(TimeSpan.Zero).AsTask());
    }

    [Fact]
    public async Task Eight_threads_count_exactly()
    {
        int counter = 0;
        await Crew.Start(8, _ =>
        {
            for (int i = 0; i < 20_000; i++)
                using (_mutex.Enter())
                using (_mutex.Enter())
                    counter++;
        });
        Assert.Equal(160_000, counter);
    }

    private void AssertHeld() => OnAnotherThread(() => Assert.False(_mutex.TryEnter(TimeSpan.Zero, out _)));

    private void AssertFree() => OnAnotherThread(() =>
    {
        Assert.True(_mutex.TryEnter(TimeSpan.Zero, out var hold));
        hold.Dispose();
    });

    // Blocks this one: behind an await it may not be the one that is inside.
    private static void OnAnotherThread(Action work)
    {
        var done = Crew.Start(work);
        ((IAsyncResult)done).AsyncWaitHandle.WaitOne();
        Assert.True(done.IsCompletedSuccessfully, done.Exception?.ToString());
    }
}
