using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>What a program notes on an exception before it throws it on.</summary>
public sealed class ExceptionNotesTests
{
    [Fact]
    public async Task Data_source_help_link_and_code_travel_with_an_exception() => await EachWay.HoldsAsync(Noted(), static copy =>
    {
        Assert.Equal(("m", "help", "source", 77), (copy.Message, copy.HelpLink, copy.Source, copy.HResult));
        Assert.Equal(("v", 2, new Address("a", 1)), (copy.Data["k"], copy.Data[1], copy.Data[DayOfWeek.Monday]));
        Assert.Null(copy.Data["nothing"]);
        Assert.True(copy.Data.Contains("nothing"));
    });

    [Fact]
    public async Task They_are_there_on_what_a_target_threw()
    {
        await using var pool = new ProcessPool(workers: 1);
        foreach (var thrown in new[]
        {
            await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(static () => throw Noted())),
            await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(static () => throw Noted(), TestContext.Current.CancellationToken)),
        })
        {
            var original = Assert.IsType<InvalidOperationException>(thrown.InnerException);
            Assert.Equal(("help", "source", "v", 2), (original.HelpLink, original.Source, original.Data["k"], original.Data[1]));
        }
    }

    [Fact]
    public async Task What_cannot_travel_is_noted_as_its_text()
    {
        var thrown = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(static () =>
        {
            var exception = new ArgumentException("m");
            exception.Data["stream"] = new MemoryStream();
            exception.Data["list"] = new List<object> { new Thread(static () => { }) };
            exception.Data[new Address("key", null)] = exception;
            throw exception;
        }));

        var data = Assert.IsType<ArgumentException>(thrown.InnerException).Data;
        Assert.Equal(("System.IO.MemoryStream", new List<object>().ToString()), (data["stream"], data["list"]));
        Assert.True(data.Contains(new Address("key", null).ToString()));
    }

    [Fact]
    public void An_exception_that_was_thrown_says_where_as_before()
    {
        var thrown = Record.Exception(static () => int.Parse("x", null))!;

        Assert.Equal("System.Private.CoreLib", Codec.RoundTrip(thrown).Source);
        Assert.StartsWith(thrown.StackTrace!, Codec.RoundTrip(thrown).StackTrace, StringComparison.Ordinal);
    }

    private static InvalidOperationException Noted()
    {
        var exception = new InvalidOperationException("m") { HelpLink = "help", Source = "source", HResult = 77 };
        exception.Data["k"] = "v";
        exception.Data[1] = 2;
        exception.Data[DayOfWeek.Monday] = new Address("a", 1);
        exception.Data["nothing"] = null;
        return exception;
    }
}
