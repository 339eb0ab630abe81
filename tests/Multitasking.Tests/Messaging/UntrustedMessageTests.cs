using Multitasking.Solution.Infrastructure;
using Multitasking.Solution.Model;
using Multitasking.Solution.Package;
using Multitasking.Tests.Support;
using Multitasking.Tests.Travel;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>A channel takes nothing that its reader would not make.</summary>
[Collection(nameof(Alone))]
public sealed class UntrustedMessageTests : ChannelTest
{
    [Fact]
    public async Task Objects_of_the_declared_fields_assemblies_arrive_in_both_directions()
    {
        using var there = ProcessChannel.CreateBounded<Invoice>(1);
        using var back = ProcessChannel.CreateBounded<Invoice>(1);
        var (from, to) = (there.Reader, back.Writer);
        var echo = ChildProcess.RunAsync(() => to.Write(from.Read()), cancellationToken: Cancelled);

        there.Writer.Write(new Invoice(1, new Money(2, "EUR")), Cancelled);

        Assert.Equal(new Invoice(1, new Money(2, "EUR")), await Soon(back.Reader.ReadAsync(Cancelled)));
        await Soon(echo);
    }

    [Fact]
    public async Task Message_of_a_class_that_the_channel_does_not_declare_is_refused_and_the_channel_goes_on()
    {
        using var channel = ProcessChannel.CreateBounded<IReport>(10);
        var writer = channel.Writer;

        foreach (var write in new Action<IReport>[] { report => writer.Write(report), report => writer.TryWrite(report), report =>
            writer.WriteAsync(report).AsTask().GetAwaiter().GetResult() })
            Assert.Equal("the message : Report", Assert.Throws<UntrustedObjectException>(() => write(new Report("refused"))).Path);
        var there = await Assert.ThrowsAsync<RemoteException>(() =>
            ChildProcess.RunAsync(() => writer.Write(new Report("refused")), cancellationToken: Cancelled));
        writer.Write(new Label("allowed"), Cancelled);

        Assert.IsType<UntrustedObjectException>(there.InnerException);
        Assert.Equal(1, channel.Reader.Count);
        Assert.Equal(new Label("allowed"), channel.Reader.Read(Cancelled));
    }

    [Fact]
    public void What_a_reader_would_not_read_is_refused_by_the_writer_whatever_it_is()
    {
        // Of an assembly that nothing here allows: a converter that any test registers has the process trust its assembly.
        AssertRefused(new Dictionary<string, int>(new LengthComparer()));
        AssertRefused<Action>(static () => { });
        AssertRefused<object>(new Report("a"));
        AssertRefused<Exception>(new InvalidOperationException("a", Nested(600)));
        AssertRefused<object>(Tuples(600));
    }

    [Fact]
    public void Token_that_is_never_cancelled_is_a_message()
    {
        AssertArrives(new Letter(CancellationToken.None));
        AssertRefused(new Letter(new CancellationTokenSource().Token));
    }

    [Fact]
    public void Class_with_a_contract_is_a_message()
    {
        using var channel = ProcessChannel.CreateBounded<Order>(1);

        channel.Writer.Write(new Order { Customer = "Ada" }, Cancelled);

        Assert.Equal("Ada", channel.Reader.Read(Cancelled).Customer);
    }

    private static void AssertRefused<T>(T message)
    {
        using var channel = ProcessChannel.CreateBounded<T>(10);

        var refusal = Assert.ThrowsAny<MultitaskingException>(() => channel.Writer.Write(message, Cancelled));

        Assert.True(refusal is UntrustedObjectException or TargetNotSupportedException, refusal.ToString());
        Assert.Equal(0, channel.Reader.Count);
        Assert.True(channel.Writer.TryComplete());
    }

    private static void AssertArrives<T>(T message)
    {
        using var channel = ProcessChannel.CreateBounded<T>(10);

        channel.Writer.Write(message, Cancelled);

        Assert.IsType(message!.GetType(), channel.Reader.Read(Cancelled));
    }

    private static IOException Nested(int levels) => levels == 0 ? new IOException() : new IOException("", Nested(levels - 1));

    private static object Tuples(int levels) => levels == 0 ? 1 : Tuple.Create(Tuples(levels - 1));

    private sealed record Invoice(int Id, Money? Price);

    private sealed record Letter(CancellationToken Token);
}
