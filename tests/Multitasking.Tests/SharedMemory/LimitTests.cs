using System.ComponentModel;
using Multitasking.Contracts;
using Multitasking.Tests.Objects;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>
/// Shared memory in a process that may have files and addresses of a limited size only. Beyond the first the system does not refuse but
/// ends the process.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LimitTests : WorkerTest
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData(100 * Megabyte)]
    [InlineData(Megabyte)]
    public async Task Channel_works_below_a_limit_of_file_size(long limit)
    {
        Assert.Equal("sent, 1000", await ChildProcess.RunAsync(() => SendBelow(limit), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Shared_object_works_below_a_limit_of_file_size()
    {
        Assert.Equal(7, await ChildProcess.RunAsync(static () => CallBelowAsync(100 * Megabyte), cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData("array")]
    [InlineData("bounded channel")]
    [InlineData("any channel")]
    public async Task Memory_beyond_a_limit_of_file_size_is_refused_with_the_way_out(string what)
    {
        string refusal = await ChildProcess.RunAsync(() => MakeBeyond(what), cancellationToken: Cancelled);
        Assert.Contains("(ulimit -f)", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channel_works_where_addresses_are_few()
    {
        Assert.Equal("sent, 1000", await ChildProcess.RunAsync(SendInFewAddresses, cancellationToken: Cancelled));
    }

    private static string SendBelow(long limit)
    {
        Scarcity.OfFileSize(limit);
        return Send();
    }

    private static string SendInFewAddresses()
    {
        Scarcity.OfAddresses(2048 * Megabyte);
        return Send();
    }

    private static string Send()
    {
        using var texts = ProcessChannel.CreateUnbounded<string>();
        using var numbers = ProcessChannel.CreateUnbounded<int>();
        using var values = ProcessChannel.CreateBounded<object>(10);
        texts.Writer.Write("sent");
        for (int i = 0; i < 1000; i++)
            numbers.Writer.Write(i + 1);
        values.Writer.Write(3);
        int last = 0;
        while (numbers.Reader.TryRead(out int number))
            last = number;
        return values.Reader.Read() is 3 ? $"{texts.Reader.Read()}, {last}" : "something else";
    }

    private static async Task<int> CallBelowAsync(long limit)
    {
        Scarcity.OfFileSize(limit);
        var ledger = await SharedObject.StartAsync<ILedger>(() => new Ledger());
        int sum = ledger.Add(3, 4);
        SharedObject.Release(ledger);
        return sum;
    }

    private static string MakeBeyond(string what)
    {
        Scarcity.OfFileSize(Megabyte / 16);
        try
        {
            using IDisposable made = what switch
            {
                "array" => new SharedArray<byte>(Megabyte),
                "bounded channel" => ProcessChannel.CreateBounded<long>(100_000),
                _ => ProcessChannel.CreateUnbounded<string>(),
            };
            return "made";
        }
        catch (IOException exception) when (exception.InnerException is Win32Exception)
        {
            return exception.Message;
        }
    }
}
