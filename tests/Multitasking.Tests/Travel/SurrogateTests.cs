using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Tests.Targets;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class SurrogateTests
{
    public SurrogateTests() => Meter.Register();

    [Fact]
    public async Task A_captured_variable_works_through_its_surrogate()
    {
        var original = new Meter();
        var meter = original.Face;

        string kind = await InChild.RunAsync(() =>
        {
            meter.Add(2);
            meter.Add(3);
            return meter.GetType().Name;
        });

        Assert.Equal(nameof(RemoteMeter), kind);
        Assert.Equal(5, original.Sum);
    }

    [Fact]
    public async Task An_argument_works_through_its_surrogate()
    {
        var original = new Meter();
        var child = new ChildProcess(AddSeven, args: [original]);

        child.Start();
        await child.JoinAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, original.Sum);
    }

    [Fact]
    public async Task A_child_hands_its_surrogate_on_to_a_child_of_its_own()
    {
        var original = new Meter();
        var meter = original.Face;

        await InChild.RunAsync(() => ChildProcess.RunAsync(() => meter.Add(4)));

        Assert.Equal(4, original.Sum);
    }

    [Fact]
    public void What_is_met_twice_in_a_call_has_one_surrogate()
    {
        var meter = new Meter();

        object[] copy = ToChild<object[]>([meter, new List<IMeter> { meter }, new Meter()]);

        Assert.IsType<RemoteMeter>(copy[0]);
        Assert.Same(copy[0], ((List<IMeter>)copy[1])[0]);
        Assert.NotSame(copy[0], copy[2]);
    }

    [Fact]
    public void A_cycle_through_a_surrogate_survives()
    {
        object[] partner = [null!];
        partner[0] = new Meter { Partner = partner };

        object[] copy = ToChild(partner);

        Assert.Same(copy, ((RemoteMeter)copy[0]).Partner);
    }

    [Fact]
    public void What_has_the_interface_but_no_surrogate_travels_as_it_is()
    {
        var meter = new PlainMeter();
        meter.Add(6);

        Assert.Equal(6, Assert.IsType<PlainMeter>(ToChild<IMeter>(meter)).Sum);
    }

    [Fact]
    public void A_surrogate_that_does_not_fit_the_variable_is_refused_with_the_path()
    {
        var meter = new Meter();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => Console.WriteLine(meter.Sum)));

        Assert.Equal("captured 'meter' : Meter", refusal.Path);
        Assert.Contains("a RemoteMeter crosses in its stead, which is no Meter", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_of_what_crosses_by_surrogate_is_refused_as_a_target()
    {
        Func<int> read = new Meter().Read;

        Assert.Throws<TargetNotSupportedException>(() => { _ = InChild.RunAsync(read); });
        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => Console.WriteLine(read())));

        Assert.StartsWith("Meter.Read cannot be called in another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_refuses_a_method_of_what_crosses_by_surrogate()
    {
        await using var pool = new ProcessPool(workers: 1);

        Assert.Throws<TargetNotSupportedException>(() => { _ = pool.RunAsync(new Meter().Read, TestContext.Current.CancellationToken); });
    }

    [Fact]
    public async Task A_surrogate_in_an_answer_is_refused_in_the_child()
    {
        IMeter meter = new Meter();

        var failure = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => meter));

        Assert.Contains("A RemoteMeter, which stands for an object of the parent, cannot be part of a result", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_would_need_a_surrogate_is_refused_in_an_answer() =>
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write<IMeter>(new Meter()));

    [Fact]
    public void A_parent_makes_no_surrogate_whatever_it_reads()
    {
        byte[] bytes = Written<IMeter>(new RemoteMeter(null));

        Assert.Throws<InvalidDataException>(() => Codec.Read<IMeter>(bytes));
        Assert.Throws<InvalidDataException>(() => Codec.Read<RemoteMeter>(bytes));
    }

    [Fact]
    public void Registering_the_same_again_does_nothing() => Meter.Register();

    [Fact]
    public void Registering_another_for_the_same_interface_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => TravelSurrogates.Register<IMeter>(static _ => null));

    [Fact]
    public void Registering_a_class_is_refused() =>
        Assert.Throws<ArgumentException>(() => TravelSurrogates.Register<Meter>(static _ => null));

    private static void AddSeven(IMeter meter) => meter.Add(7);

    private static byte[] Written<T>(T value)
    {
        var bytes = new ByteWriter();
        new GraphWriter(bytes, Crossing.ToChild()).WriteRoot(typeof(T), value, "value");
        return bytes.ToFrame(FrameKind.Invoke)[ByteWriter.HeaderSize..].ToArray();
    }

    private static T ToChild<T>(T value) =>
        (T)new GraphReader(new ByteReader(Written(value)), new ParentTypes(), new StandIns()).ReadRoot(typeof(T))!;

    private sealed class StandIns : Arrival
    {
        internal override CancellationToken Termination => CancellationToken.None;

        internal override CancellationToken Token(int number) => CancellationToken.None;

        internal override object Progress(Type value, int number) => new Progress<int>();

        internal override SafeDescriptor? TakeDescriptor(int number, int sent) => null;
    }
}
