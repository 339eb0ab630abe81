using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Objects;

/// <summary>Which objects come to life, and which are refused before there is a process.</summary>
[Collection(nameof(Alone))]
public sealed class SharedObjectStartTests : WorkerTest
{
    [Fact]
    public async Task A_constructor_that_throws_fails_the_start()
    {
        var thrown = await Assert.ThrowsAsync<RemoteException>(() => SharedObject.StartAsync(Make, cancellationToken: Cancelled));
        Assert.Equal("not today", Assert.IsType<LedgerException>(thrown.InnerException).Message);

        static ILedger Make() => throw new LedgerException("not today");
    }

    [Fact]
    public async Task A_creator_that_gives_nothing_fails_the_start() =>
        await Assert.ThrowsAsync<RemoteException>(() => SharedObject.StartAsync(Nothing<ILedger>, cancellationToken: Cancelled));

    [Fact]
    public async Task A_process_that_ends_before_the_object_is_there_fails_the_start()
    {
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => SharedObject.StartAsync(Make, cancellationToken: Cancelled));
        Assert.Equal(5, lost.ExitCode);

        static ILedger Make()
        {
            Environment.Exit(5);
            return null!;
        }
    }

    [Fact]
    public async Task An_object_may_be_made_asynchronously()
    {
        var ledger = await SharedObject.StartAsync<ILedger>(
            static async () =>
            {
                await Task.Delay(1);
                return new Ledger("late");
            },
            name: "books",
            Cancelled);
        Assert.Equal("late", ledger.Label);
        Assert.Contains(ChildProcess.ActiveChildren, child => child.Name == "books" && child.Id == SharedObject.ProcessOf(ledger));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_cancelled_start_ends_the_process()
    {
        using var source = new CancellationTokenSource();
        string begun = FileNamed("begun");
        var start = SharedObject.StartAsync(() => Make(begun), cancellationToken: source.Token);
        await Until.TrueAsync(() => File.Exists(begun));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);

        static ILedger Make(string begun)
        {
            File.WriteAllText(begun, "");
            Thread.Sleep(Timeout.Infinite);
            return null!;
        }
    }

    [Fact]
    public void A_class_is_refused() =>
        Assert.Throws<ArgumentException>(void () => _ = SharedObject.StartAsync(static () => new Ledger(), cancellationToken: Cancelled));

    [Fact]
    public void An_event_is_refused() => AssertRefused<IWithEvent>("IWithEvent.Changed");

    [Fact]
    public void A_generic_method_is_refused() => AssertRefused<IWithGeneric>("IWithGeneric.Get");

    [Fact]
    public void A_ref_parameter_is_refused() => AssertRefused<IWithRef>("IWithRef.Swap");

    [Fact]
    public void An_out_parameter_is_refused() => AssertRefused<IWithOut>("IWithOut.TryGet");

    [Fact]
    public void An_in_parameter_is_refused() => AssertRefused<IWithIn>("IWithIn.Take");

    [Fact]
    public void A_ref_result_is_refused() => AssertRefused<IWithRefResult>("IWithRefResult.Place");

    [Fact]
    public void A_span_is_refused() => AssertRefused<IWithSpan>("IWithSpan.Write");

    [Fact]
    public void A_stream_of_results_is_refused() => AssertRefused<IWithStream>("IWithStream.ReadAsync");

    [Fact]
    public void A_progress_is_refused() => AssertRefused<IWithProgress>("IWithProgress.RunAsync");

    [Fact]
    public void A_result_that_belongs_to_its_process_is_refused() => AssertRefused<IWithThread>("IWithThread.RunAsync");

    [Fact]
    public void A_member_that_is_inherited_is_refused_too() => AssertRefused<IInherits>("IWithOut.TryGet");

    private static TFace Nothing<TFace>() => default!;

    private static void AssertRefused<TFace>(string member)
        where TFace : class
    {
        var refused = Assert.Throws<TargetNotSupportedException>(void () => _ = SharedObject.StartAsync(Nothing<TFace>, cancellationToken: Cancelled));
        Assert.Contains(member, refused.Message, StringComparison.Ordinal);
        Assert.Equal(member, refused.Path);
    }

    private interface IWithEvent
    {
        event EventHandler Changed;
    }

    private interface IWithGeneric
    {
        T Get<T>();
    }

    private interface IWithRef
    {
        void Swap(ref int value);
    }

    private interface IWithOut
    {
        bool TryGet(out int value);
    }

    private interface IWithIn
    {
        void Take(in Guid value);
    }

    private interface IWithRefResult
    {
        ref int Place();
    }

    private interface IWithSpan
    {
        void Write(ReadOnlySpan<byte> bytes);
    }

    private interface IWithStream
    {
        IAsyncEnumerable<int> ReadAsync();
    }

    private interface IWithProgress
    {
        Task RunAsync(IProgress<int> progress);
    }

    private interface IWithThread
    {
        Task<Thread> RunAsync();
    }

    private interface IInherits : IWithOut;
}
