using Multitasking;
using Multitasking.Contracts;
using Multitasking.Solution.Infrastructure;
using Multitasking.Solution.Model;
using Multitasking.Solution.Package;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

[assembly: TrustAssemblyOf(typeof(Label))]

namespace Multitasking.Tests.Travel;

/// <summary>
/// A solution of several projects: this one is the program, <c>Model</c> has classes that it declares, <c>Infrastructure</c> those that
/// stand behind interfaces, and <c>Package</c> those that it allows.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SolutionTests : WorkerTest
{
    /// <summary>In a child, in a pool, and in a pool's map.</summary>
    public static TheoryData<string> Ways => ["child", "pool", "map"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Objects_of_the_declared_fields_assemblies_arrive(string way)
    {
        Assert.Equal(new Order(1, new Money(2, "EUR"), [new(3, "USD")]),
            await RunAsync(way, static () => new Order(1, new Money(2, "EUR"), [new(3, "USD")])));
        Assert.Equal(new Basket(new Order(1, new Money(2, "EUR"), [])),
            await RunAsync(way, static () => new Basket(new Order(1, new Money(2, "EUR"), []))));
        Assert.Equal(new Placed<Money>(new(4, "EUR")), await RunAsync(way, static () => new Placed<Money>(new(4, "EUR"))));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Object_declared_as_an_object_brings_what_its_own_fields_declare(string way) =>
        Assert.Equal(new Order(1, new Money(2, "EUR"), []),
            await RunAsync<object>(way, static () => new Order(1, new Money(2, "EUR"), [])));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Objects_of_the_assemblies_that_were_sent_come_back(string way)
    {
        var sent = Reports("sent")[0];

        Assert.Equal(new Report("new"),
            await RunAsync<object>(way, () => new Report(sent.Title.Replace("sent", "new", StringComparison.Ordinal))));
        Assert.Equal(sent, await RunAsync(way, () => sent));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Objects_of_an_assembly_that_the_program_allows_come_back(string way) =>
        Assert.Equal(new Label("allowed"), await RunAsync<IReport>(way, static () => new Label("allowed")));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Class_that_nothing_declares_is_refused_by_the_child_with_its_path(string way)
    {
        await AssertRefusedAsync("the result : Report", () => RunAsync<IReport>(way, static () => new Report("a")));
        await AssertRefusedAsync("the result[1] : Report", () => RunAsync(way, static () => new List<object> { 1, new Report("a") }));
        await AssertRefusedAsync("the result[0].value : Report", () =>
            RunAsync(way, static () => new Dictionary<string, object> { ["a"] = new Report("a") }));
        await AssertRefusedAsync("the result.Price : Gold", () => RunAsync(way, static () => new Order(1, new Gold(1), [])));
        await AssertRefusedAsync("the result : Report", () => RunAsync<object>(way, static () => new List<Report>()));
        await AssertRefusedAsync("the result : Report", () => RunAsync<object>(way, static () => Array.Empty<Report>()));
        await AssertRefusedAsync("the result : Report", () => RunAsync<object>(way, static () => typeof(Report)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Delegate_of_another_assembly_is_refused_by_the_child(string way)
    {
        await AssertRefusedAsync("the result : <>c", () => RunAsync(way, static () => Discount.Half));
        var failed = await Assert.ThrowsAsync<RemoteException>(() => RunAsync<Action<string>>(way, static () => File.Delete));
        Assert.Equal(typeof(TargetNotSupportedException).FullName, failed.TypeName);
    }

    [Fact]
    public async Task Refusal_is_neither_retried_nor_the_end_of_a_worker()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, Retries = 3 });
        using var runs = new SharedValue<int>();
        var counter = runs;
        int worker = await pool.RunAsync(static () => Environment.ProcessId, Cancelled);

        await AssertRefusedAsync("the result : Report", () => pool.RunAsync<IReport>(() =>
        {
            counter.Increment();
            return new Report("a");
        }, Cancelled));

        Assert.Equal(1, runs.Value);
        Assert.Equal(worker, await pool.RunAsync(static () => Environment.ProcessId, Cancelled));
    }

    [Fact]
    public async Task Refused_item_of_a_map_fails_alone()
    {
        await using var pool = new ProcessPool(1);
        var answers = new List<string>();

        var failed = await Assert.ThrowsAsync<RemoteException>(async () =>
        {
            await foreach (var report in pool.MapStreamAsync([0, 1, 2, 3], static number =>
                number == 2 ? (IReport)new Report("a") : new Label("b"), cancellationToken: Cancelled))
                answers.Add(report.Title);
        });

        Assert.Equal(2, failed.ItemIndex);
        Assert.Equal(["b", "b"], answers);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Report_that_would_not_be_made_is_refused_where_it_is_reported(string way)
    {
        var heard = new Reports<object>();
        var progress = heard.Original;

        string refusal = await RunAsync(way, () =>
        {
            progress.Report(new Order(1, new Money(2, "EUR"), []));
            try
            {
                progress.Report(new Report("a"));
                return "";
            }
            catch (UntrustedObjectException exception)
            {
                progress.Report("after");
                return exception.Path;
            }
        });

        Assert.Equal("the reported value : Report", refusal);
        await heard.UntilAsync("after").WaitAsync(Until.Limit, Cancelled);
        Assert.Equal([new Order(1, new Money(2, "EUR"), []), "after"], heard.Seen);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Exception_of_a_class_that_nothing_declares_arrives_as_text(string way)
    {
        var failed = await Assert.ThrowsAsync<RemoteException>(() =>
            RunAsync<int>(way, static () => throw new StorageException("disk full")));

        Assert.Equal((typeof(StorageException).FullName, "disk full", null), (failed.TypeName, failed.Message, failed.InnerException));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Exception_of_an_assembly_that_was_sent_arrives_as_it_is(string way)
    {
        var sent = Reports("disk full")[0];

        var failed = await Assert.ThrowsAsync<RemoteException>(() => RunAsync<int>(way, () => throw new StorageException(sent.Title)));

        Assert.IsType<StorageException>(failed.InnerException);
    }

    /// <summary>Written as for a child, which believes: a child that lies writes what it likes.</summary>
    [Fact]
    public void Reader_holds_to_the_same_whatever_is_written()
    {
        Assert.Throws<InvalidDataException>(() => Codec.Read<IReport>(Codec.WriteCall<IReport>(new Report("a"))));
        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(Codec.WriteCall<object>(new List<Report>())));
        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(Codec.WriteCall<object>(typeof(Report))));
        Assert.Throws<InvalidDataException>(() => Codec.Read<Order>(Codec.WriteCall(new Order(1, new Gold(1), []))));
        Assert.Throws<InvalidDataException>(() => Codec.Read<Func<decimal, decimal>>(Codec.WriteCall(Discount.Half)));
        Assert.Equal(new Label("a"), Codec.Read<IReport>(Codec.WriteCall<IReport>(new Label("a"))));
    }

    private static IReport[] Reports(string title) => [new Report(title)];

    private static async Task AssertRefusedAsync<T>(string path, Func<Task<T>> run)
    {
        var failed = await Assert.ThrowsAsync<RemoteException>(run);

        var refusal = Assert.IsType<UntrustedObjectException>(failed.InnerException);
        Assert.Equal(path, refusal.Path);
        Assert.StartsWith($"{path} cannot be sent", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<T> RunAsync<T>(string way, Func<T> target)
    {
        if (way == "child")
            return await InChild.RunAsync(target);
        await using var pool = new ProcessPool(1);
        return way == "pool" ? await pool.RunAsync(target, Cancelled)
            : (await pool.MapAsync([0], _ => target(), cancellationToken: Cancelled))[0];
    }

    private sealed record Order(int Id, Money Price, List<Money> Parts)
    {
        public bool Equals(Order? other) => other is not null && (Id, Price) == (other.Id, other.Price) && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => Id;
    }

    private sealed record Basket(Order Order);

    private sealed record Placed<T>(T Value);
}
