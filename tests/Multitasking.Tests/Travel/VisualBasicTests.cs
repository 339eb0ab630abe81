using Multitasking.Tests.Targets;
using Multitasking.VisualBasic;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class VisualBasicTests
{
    [Fact]
    public async Task What_a_lambda_does_not_read_stays_behind()
    {
        using var unused = new MemoryStream();

        Assert.Equal(1, await InChild.RunAsync(Lambdas.Reading(1, unused)));
        Assert.Equal(6, await InChild.RunAsync(Lambdas.Asynchronous(3, unused)));
        Assert.Equal(9, await InChild.RunAsync(Lambdas.Inner(3, unused)));
        Assert.Equal(10, await InChild.RunAsync(new Lambdas().OfThis(3, unused)));
    }

    [Fact]
    public void What_lambdas_of_loops_read_travels()
    {
        var copies = Lambdas.InLoop(3, "unused").Select(static lambda => Codec.ReadCall<Func<int>>(Codec.WriteCall(lambda)));

        Assert.Equal([13, 23, 33], copies.Select(static copy => copy()));
    }

    [Fact]
    public void The_refusal_of_a_captured_variable_says_its_name()
    {
        var child = new ChildProcess(Lambdas.Holding(new MemoryStream()));

        Assert.Equal("captured 'stream' : MemoryStream", Assert.Throws<TargetNotSupportedException>(child.Start).Path);
    }
}
