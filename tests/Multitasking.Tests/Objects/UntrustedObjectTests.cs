using Multitasking.Contracts;
using Multitasking.Solution.Infrastructure;
using Multitasking.Solution.Model;
using Multitasking.Solution.Package;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Objects;

/// <summary>
/// Classes of other assemblies in calls and results of a shared object: they cross, or are refused where they are sent, and the object
/// lives on.
/// </summary>
[Collection(nameof(Alone))]
public sealed class UntrustedObjectTests : WorkerTest
{
    [Fact]
    public async Task Objects_of_the_declared_fields_assemblies_cross_in_both_directions()
    {
        var till = await SharedObject.StartAsync<ITill>(static () => new Till(), cancellationToken: Cancelled);

        Assert.Equal(new Sale(2, new Money(3, "EUR")), till.Ring(new Sale(1, new Money(3, "EUR"))));
        Assert.Equal(new Sale(3, new Money(3, "EUR")), await till.RingAsync(new Sale(2, new Money(3, "EUR"))));
        Assert.Equal(new Label("title"), till.Report("title", trusted: true));

        SharedObject.Release(till);
    }

    [Fact]
    public async Task Class_that_the_interface_does_not_declare_is_refused_and_the_object_lives_on()
    {
        var till = await SharedObject.StartAsync<ITill>(static () => new Till(), cancellationToken: Cancelled);
        int home = SharedObject.ProcessOf(till);

        var failed = Assert.Throws<RemoteException>(() => till.Report("title", trusted: false));
        var argument = Assert.Throws<UntrustedObjectException>(() => till.Title(new Report("a")));
        var thrown = Assert.Throws<RemoteException>(() => till.Break("disk full"));

        Assert.Equal("the result : Report", Assert.IsType<UntrustedObjectException>(failed.InnerException).Path);
        Assert.Equal("argument 'report' of ITill.Title : Report", argument.Path);
        Assert.Equal((typeof(StorageException).FullName, "disk full"), (thrown.TypeName, thrown.Message));
        Assert.Equal("b", till.Title(new Label("b")));
        Assert.Equal(3, till.Count);
        Assert.Equal(home, SharedObject.ProcessOf(till));
        SharedObject.Release(till);
    }

    private interface ITill
    {
        int Count { get; }

        Sale Ring(Sale sale);

        Task<Sale> RingAsync(Sale sale);

        IReport Report(string title, bool trusted);

        string Title(IReport report);

        void Break(string why);
    }

    private sealed record Sale(int Count, Money Price);

    private sealed class Till : ITill
    {
        public int Count { get; private set; }

        public Sale Ring(Sale sale) => sale with { Count = sale.Count + 1 };

        public Task<Sale> RingAsync(Sale sale) => Task.FromResult(Ring(sale));

        public IReport Report(string title, bool trusted)
        {
            Count++;
            return trusted ? new Label(title) : new Report(title);
        }

        public string Title(IReport report)
        {
            Count++;
            return report.Title;
        }

        public void Break(string why)
        {
            Count++;
            throw new StorageException(why);
        }
    }
}
