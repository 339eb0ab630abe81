using System.ComponentModel;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Failures;

public sealed class RemoteExceptionTests
{
    [Fact]
    public async Task What_a_target_throws_is_told_with_its_type_its_message_and_the_stack_of_the_child()
    {
        var error = await FailureOfAsync(() => Thrower.Deep(3));

        Assert.Equal(typeof(OwnException).FullName, error.TypeName);
        Assert.Equal("deep down", error.Message);
        Assert.Contains("Thrower.Deep(Int32 depth)", error.RemoteStackTrace, StringComparison.Ordinal);
        Assert.StartsWith("Process-", error.WorkerName, StringComparison.Ordinal);
        Assert.NotEqual(Environment.ProcessId, error.ProcessId);
    }

    [Fact]
    public async Task Its_text_shows_the_childs_trace_and_then_this_sides()
    {
        string text = (await FailureOfAsync(() => Thrower.Deep(3))).ToString();

        int there = text.IndexOf("Thrower.Deep", StringComparison.Ordinal);
        int border = text.IndexOf("--- End of the stack trace of process", StringComparison.Ordinal);
        int here = text.IndexOf(nameof(FailureOfAsync), StringComparison.Ordinal);
        Assert.True(0 < there && there < border && border < here, text);
    }

    [Fact]
    public async Task The_original_is_rebuilt_with_its_own_fields_and_its_stack()
    {
        var original = await OriginalOfAsync<OwnException>(() => Thrower.Deep(1));

        Assert.Equal(("deep down", 7), (original.Message, original.Code));
        Assert.Equal(["hint"], original.Hints);
        Assert.Contains("Thrower.Deep", original.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frameworks_exceptions_are_rebuilt_with_their_fields()
    {
        Assert.Equal("x", (await OriginalOfAsync<FileNotFoundException>(() => throw new FileNotFoundException("gone", "x"))).FileName);
        Assert.Equal("p", (await OriginalOfAsync<ArgumentNullException>(() => throw new ArgumentNullException("p"))).ParamName);
        Assert.Equal(5, (await OriginalOfAsync<Win32Exception>(() => throw new Win32Exception(5))).NativeErrorCode);
    }

    [Fact]
    public async Task Inner_exceptions_and_those_of_an_aggregate_are_rebuilt_too()
    {
        var top = await OriginalOfAsync<InvalidOperationException>(Thrower.Nested);

        var several = Assert.IsType<AggregateException>(top.InnerException);
        Assert.Equal([typeof(FormatException), typeof(OwnException)], several.InnerExceptions.Select(one => one.GetType()));
        Assert.Same(several.InnerExceptions[0], several.InnerException);
        Assert.Contains("Thrower.Nested", several.InnerException!.StackTrace, StringComparison.Ordinal);
        Assert.Equal("System.Threading.Thread", several.InnerExceptions[1].Data["thread"]);
    }

    [Fact]
    public async Task An_exception_of_an_asynchronous_target_comes_out_as_it_is()
    {
        var error = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(Thrower.DeepAsync));

        Assert.IsType<OwnException>(error.InnerException);
        Assert.Contains("Thrower.DeepAsync", error.RemoteStackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_was_cancelled_without_a_request_is_a_failure() =>
        Assert.NotNull(await OriginalOfAsync<OperationCanceledException>(() => throw new OperationCanceledException("enough")));

    [Fact]
    public async Task A_field_that_cannot_travel_is_left_at_its_default()
    {
        var original = await OriginalOfAsync<OwnException>(() => throw new OwnException("with a stream", 3, new MemoryStream()));

        Assert.Equal(3, original.Code);
        Assert.Null(original.Stream);
    }

    [Fact]
    public async Task What_holds_something_that_cannot_travel_is_told_without_the_original()
    {
        var error = await FailureOfAsync(() => throw new HoldingException(new MemoryStream()));

        Assert.Null(error.InnerException);
        Assert.Equal((typeof(HoldingException).FullName, "holding"), (error.TypeName, error.Message));
        Assert.Contains(nameof(RemoteExceptionTests), error.RemoteStackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_from_elsewhere_than_the_call_is_told_without_the_original()
    {
        var error = await FailureOfAsync(() => Assert.Fail("not equal"));

        Assert.Null(error.InnerException);
        Assert.Equal(("Xunit.Sdk.FailException", "not equal"), (error.TypeName, error.Message));
    }

    [Fact]
    public async Task An_exception_whose_message_throws_is_still_told()
    {
        var error = await FailureOfAsync(() => throw new ThrowingMessageException());

        Assert.Equal(typeof(ThrowingMessageException).FullName, error.TypeName);
        Assert.Contains("reading it failed: System.InvalidOperationException", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_whose_text_throws_is_still_told()
    {
        var error = await FailureOfAsync(() => throw new ThrowingTextException());

        Assert.Equal("the message", error.Message);
        Assert.Contains("reading it failed", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_without_any_text_is_still_told()
    {
        var error = await FailureOfAsync(() => throw new NullTextException());

        Assert.Equal((typeof(NullTextException).FullName, ""), (error.TypeName, error.Message));
        Assert.Null(error.RemoteStackTrace);
    }

    [Fact]
    public async Task A_failure_of_a_grandchild_comes_through_with_its_trace()
    {
        var error = await FailureOfAsync(() => ChildProcess.RunAsync(() => Thrower.Deep(1)).GetAwaiter().GetResult());

        Assert.Equal(typeof(RemoteException).FullName, error.TypeName);
        Assert.Equal("deep down", error.Message);
        Assert.Contains("Thrower.Deep", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(OwnException))]
    [InlineData(typeof(ThrowingTextException))]
    public async Task A_started_child_keeps_its_failure_and_ends_with_1(Type thrown)
    {
        var child = new ChildProcess(ThrowSilently, args: [thrown]);
        child.Start();
        Assert.Null(child.Exception);

        await child.JoinAsync(TestContext.Current.CancellationToken);

        var error = Assert.IsType<RemoteException>(child.Exception);
        Assert.Same(error, child.Exception);
        Assert.Equal((thrown.FullName, child.Name, child.Id), (error.TypeName, error.WorkerName, error.ProcessId));
        Assert.Equal(1, child.ExitCode);
    }

    private static void ThrowSilently(Type type)
    {
        Console.SetError(TextWriter.Null);
        throw type == typeof(OwnException) ? new OwnException("started", 1) : new ThrowingTextException();
    }

    private static Task<RemoteException> FailureOfAsync(Action target) =>
        Assert.ThrowsAsync<RemoteException>(async () => await InChild.RunAsync(target));

    private static async Task<T> OriginalOfAsync<T>(Action target) where T : Exception =>
        Assert.IsType<T>((await FailureOfAsync(target)).InnerException);
}
