using System.Net;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Objects that travel by what a converter makes of them.</summary>
[Collection(nameof(Alone))]
public sealed class ConverterTests
{
    public ConverterTests() => Meter.Register();

    [Fact]
    public async Task An_object_goes_to_a_child_and_comes_back_by_its_converter()
    {
        var model = new Model("a", ["x", "y"]);

        var (length, back) = await InChild.RunAsync(() => (model.Length, new Model(model.Path + "b", model.Words)));

        Assert.Equal(1, length);
        Assert.Equal(("ab", 2L), (back.Path, back.Length));
        Assert.Equal(["x", "y"], back.Words!);
        Assert.Empty(NoChildLeft.Ids());
    }

    [Fact]
    public async Task A_pool_takes_and_gives_what_is_converted()
    {
        await using var pool = new ProcessPool(workers: 1);

        Model[] given = [new Model("a"), new Model("b")];
        var models = await pool.MapAsync(
            given, static model => new Model(model.Path + model.Length), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["a1", "b1"], models.Select(static model => model.Path));
    }

    [Fact]
    public void It_is_a_message_of_a_channel()
    {
        using var channel = ProcessChannel.CreateUnbounded<Model>();

        var token = TestContext.Current.CancellationToken;

        channel.Writer.Write(new Model("a", ["x"]), token);

        Assert.Equal(["x"], channel.Reader.Read(token).Words!);
    }

    [Fact]
    public async Task A_child_answers_by_a_converter_that_only_its_parent_registered()
    {
        TravelConverters.Register<CookieConverter>();

        var cookie = await InChild.RunAsync(() => new Cookie("name", "value"));

        Assert.Equal("name=value", cookie.ToString());
    }

    [Fact]
    public async Task A_worker_that_runs_hears_of_a_converter_that_is_registered_later()
    {
        await using var pool = new ProcessPool(workers: 1);
        var token = TestContext.Current.CancellationToken;
        int worker = await pool.RunAsync(static () => Environment.ProcessId, token);

        TravelConverters.Register<UriBuilderConverter>();
        var (process, back) = await pool.RunAsync(static () => (Environment.ProcessId, new UriBuilder("http://example.org/a")), token);

        Assert.Equal(worker, process);
        Assert.Equal("http://example.org/a", back.Uri.AbsoluteUri);
    }

    [Fact]
    public async Task What_a_child_converts_by_what_its_parent_does_not_have_is_refused_in_the_child()
    {
        var failure = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(static () =>
        {
            TravelConverters.Register<CredentialConverter>();
            return new NetworkCredential("ada", "");
        }));

        Assert.Contains("the result : NetworkCredential", failure.Message, StringComparison.Ordinal);
        Assert.Contains("register it in the one that makes the call", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attribute_on_an_interface_is_for_all_that_have_it() =>
        Assert.Equal(2, Assert.IsType<Disk>(Codec.RoundTrip<IFigure>(new Disk(2))).Radius);

    [Fact]
    public void What_is_met_twice_is_one_object_on_the_other_side()
    {
        var model = new Model("a");

        object[] copy = Codec.RoundTrip<object[]>([model, new List<Model> { model }, new Model("a")]);

        Assert.Same(copy[0], ((List<Model>)copy[1])[0]);
        Assert.NotSame(copy[0], copy[2]);
    }

    [Fact]
    public void What_a_converter_gets_is_complete_and_shared_with_what_stands_around_it()
    {
        var words = new List<string> { "x", "y" };
        var table = new Dictionary<string, List<string>> { ["k"] = words };

        object[] copy = Codec.RoundTrip<object[]>([table, words, new Model("a", words, table), new Model("b", words), table]);

        var model = (Model)copy[2];
        Assert.Equal(2, model.WordsAtFirst);
        Assert.Same(copy[1], model.Words);
        Assert.Same(copy[0], model.Extra);
        Assert.Same(copy[1], ((Dictionary<string, List<string>>)copy[0])["k"]);
        Assert.Same(copy[1], ((Model)copy[3]).Words);
    }

    [Fact]
    public void Converted_objects_may_hold_converted_objects()
    {
        var inner = new Model("inner", ["x"]);

        object[] copy = Codec.RoundTrip<object[]>([new Model("outer", null, new object[] { inner, new Disk(1) }), inner]);

        var parts = (object[])((Model)copy[0]).Extra!;
        Assert.Same(copy[1], parts[0]);
        Assert.Equal(1, ((Disk)parts[1]).Radius);
    }

    [Fact]
    public void Many_of_them_that_share_what_was_met_before_are_read_in_a_time_that_grows_with_their_number()
    {
        var shared = Enumerable.Range(0, 100).Select(static i => new List<string> { $"{i}" }).ToArray();
        var models = Enumerable.Range(0, 5000).Select(i => new Model($"{i}", shared[i % 100])).ToArray();

        var copy = Codec.RoundTrip((shared, models));

        Assert.All(copy.models, (model, i) => Assert.Same(copy.shared[i % 100], model.Words));
    }

    [Fact]
    public void An_object_whose_surrogate_leads_back_to_it_is_refused_with_the_path()
    {
        object[] partner = [null!];
        partner[0] = new Model("a", null, partner);
        object[] self = [null!];
        var model = new Model("b", null, self);
        self[0] = model;

        var around = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(partner));
        var itself = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(model));

        Assert.Equal("value[0] : Model", around.Path);
        Assert.Equal("value : Model", itself.Path);
        Assert.Contains("leads back to it", itself.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_surrogate_holds_and_cannot_travel_is_refused_with_the_path_through_it()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(new Model("a", null, new Barrier(1))));

        Assert.Equal("value.ModelConverter.ToSurrogate().Extra : Barrier", refusal.Path);
    }

    [Fact]
    public async Task A_converter_that_throws_refuses_the_call_here_and_fails_it_there()
    {
        var here = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(new Failing(failsThere: false)));
        var given = new Failing(failsThere: true);
        var there = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => given.FailsThere));

        Assert.Equal("value : Failing", here.Path);
        Assert.IsType<FormatException>(here.InnerException);
        Assert.Contains("no object", there.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_arrives_has_to_fit_where_it_stands()
    {
        byte[] bytes = Codec.WriteCall(new Silent());

        var error = Assert.Throws<InvalidDataException>(() => Codec.ReadCall<Silent>(bytes));
        Assert.Contains("override ArrivingType", error.Message, StringComparison.Ordinal);
        Assert.IsType<OtherSilent>(Codec.RoundTrip<ISilent>(new Silent()));
    }

    [Fact]
    public void A_parent_uses_no_converter_that_it_does_not_have()
    {
        byte[] foreign = Made(GraphWriter.Converted, typeof(ForeignConverter));

        Assert.Throws<InvalidDataException>(() => Codec.Read<PlainMeter>(foreign));
        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(foreign));
        Assert.False(ForeignConverter.WasMade);
    }

    [Fact]
    public void A_parent_makes_no_object_by_its_fields_that_is_converted() =>
        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(Made(GraphWriter.Other, typeof(Model))));

    [Fact]
    public void A_parent_makes_nothing_by_a_converter_that_is_for_children()
    {
        byte[] bytes = Codec.WriteCall<IMeter>(new Meter());

        Assert.Throws<InvalidDataException>(() => Codec.Read<IMeter>(bytes));
    }

    [Fact]
    public async Task A_captured_variable_works_by_reference()
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
    public async Task An_argument_works_by_reference()
    {
        var original = new Meter();
        var child = new ChildProcess(AddSeven, args: [original]);

        child.Start();
        await child.JoinAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, original.Sum);
    }

    [Fact]
    public async Task A_child_hands_what_it_got_on_to_a_child_of_its_own()
    {
        var original = new Meter();
        var meter = original.Face;

        await InChild.RunAsync(() => ChildProcess.RunAsync(() => meter.Add(4)));

        Assert.Equal(4, original.Sum);
    }

    [Fact]
    public void What_a_converter_declines_travels_as_it_is()
    {
        var meter = new PlainMeter();
        meter.Add(6);

        Assert.Equal(6, Assert.IsType<PlainMeter>(ToChild<IMeter>(meter)).Sum);
    }

    [Fact]
    public void What_does_not_fit_the_variable_is_refused_with_the_path()
    {
        var meter = new Meter();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => Console.WriteLine(meter.Sum)));

        Assert.Equal("captured 'meter' : Meter", refusal.Path);
        Assert.Contains("a RemoteMeter arrives in its stead (MeterConverter), which is no Meter", refusal.Message);
    }

    [Fact]
    public void What_fits_where_it_is_met_first_is_refused_where_it_does_not()
    {
        var meter = new Meter();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall<(object, Meter)>((meter, meter)));

        Assert.Equal("value.Item2 : Meter", refusal.Path);
    }

    [Fact]
    public async Task A_method_of_what_becomes_another_class_is_refused_as_a_target()
    {
        Func<int> read = new Meter().Read;
        await using var pool = new ProcessPool(workers: 1);

        Assert.Throws<TargetNotSupportedException>(() => { _ = InChild.RunAsync(read); });
        Assert.Throws<TargetNotSupportedException>(() => { _ = pool.RunAsync(new Meter().Read, TestContext.Current.CancellationToken); });
        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => Console.WriteLine(read())));

        Assert.StartsWith("Meter.Read cannot be called in another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_of_what_arrives_as_the_same_class_is_called_on_that()
    {
        var disk = new Disk(1);

        Assert.Equal(Math.PI, await InChild.RunAsync(new Func<double>(disk.Measure)));
    }

    [Fact]
    public async Task What_is_for_children_is_refused_in_an_answer()
    {
        IMeter meter = new Meter();

        var failure = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => meter));

        Assert.Contains("the result : RemoteMeter", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a MeterConverter converts it for children only: it cannot be part of a result", failure.Message);
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write<IMeter>(new Meter()));
    }

    [Fact]
    public void Registering_the_same_again_does_nothing() => Meter.Register();

    [Fact]
    public void Registering_another_for_the_same_type_is_refused() =>
        Assert.Throws<InvalidOperationException>(TravelConverters.Register<SecondMeterConverter>);

    [Fact]
    public void Registering_one_for_all_objects_is_refused() => Assert.Throws<ArgumentException>(TravelConverters.Register<EveryConverter>);

    private static void AddSeven(IMeter meter) => meter.Add(7);

    /// <summary>A message that a child made up.</summary>
    private static byte[] Made(byte tag, Type type)
    {
        var bytes = new ByteWriter();
        bytes.WriteByte(tag);
        new GraphWriter(bytes, Crossing.ToChild()).WriteType(type);
        bytes.WriteBlock(new byte[16]);
        return bytes.Payload.ToArray();
    }

    private static T ToChild<T>(T value) =>
        (T)new GraphReader(new ByteReader(Codec.WriteCall(value)), new ParentTypes(), new StandIns()).ReadRoot(typeof(T))!;

    private sealed class SecondMeterConverter : TravelConverter<IMeter, int>
    {
        public override int ToSurrogate(IMeter value) => 1;

        public override IMeter FromSurrogate(int surrogate) => new PlainMeter();
    }

    private sealed class CredentialConverter : TravelConverter<NetworkCredential, string>
    {
        public override string ToSurrogate(NetworkCredential value) => value.UserName;

        public override NetworkCredential FromSurrogate(string surrogate) => new(surrogate, "");
    }

    private sealed class EveryConverter : TravelConverter<object, int>
    {
        public override int ToSurrogate(object value) => 1;

        public override object FromSurrogate(int surrogate) => surrogate;
    }

    internal sealed class UriBuilderConverter : TravelConverter<UriBuilder, string>
    {
        public override string ToSurrogate(UriBuilder value) => value.Uri.OriginalString;

        public override UriBuilder FromSurrogate(string surrogate) => new(surrogate);
    }

    private sealed class StandIns : Arrival
    {
        internal override CancellationToken Termination => CancellationToken.None;

        internal override CancellationToken Token(int number, bool isCancelled) => CancellationToken.None;

        internal override object Progress(Type value, int number) => new Progress<int>();

        internal override SafeDescriptor? TakeDescriptor(int number, int sent) => null;
    }
}
