using Xunit;

namespace Multitasking.Tests.Targets;

/// <summary>
/// However a progress is declared, what is reported to it arrives at the one object of the caller; or the call is refused before anything
/// starts.
/// </summary>
public sealed class ProgressTests
{
    private readonly Bar _bar = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_progress_as_interface_object_field_or_item_reports_to_the_original()
    {
        (IProgress<int> face, object thing) = (_bar, _bar);
        var holder = new Holder(_bar, _bar);
        List<IProgress<int>> list = [_bar, _bar];
        object[] array = [_bar];

        bool isOne = await InChild.RunAsync(() =>
        {
            face.Report(1);
            ((IProgress<int>)thing).Report(2);
            holder.Face.Report(3);
            ((IProgress<int>)holder.Thing).Report(4);
            list[1].Report(5);
            ((IProgress<int>)array[0]).Report(6);
            return ReferenceEquals(face, thing) && ReferenceEquals(face, holder.Face) && ReferenceEquals(list[0], array[0]);
        });

        Assert.Equal([1, 2, 3, 4, 5, 6], _bar.Seen);
        Assert.True(isOne);
    }

    [Fact]
    public async Task A_progress_in_a_map_of_a_pool_gets_every_report()
    {
        object thing = _bar;
        Action<int> report = _bar.Report;
        await using var pool = new ProcessPool(workers: 2);

        await pool.ForEachAsync(Enumerable.Range(0, 50), item =>
        {
            ((IProgress<int>)thing).Report(item);
            report(item + 50);
        }, Cancelled);

        Assert.Equal(Enumerable.Range(0, 100), _bar.Seen.Order());
    }

    [Fact]
    public async Task A_delegate_that_reports_reports_to_the_original()
    {
        Action<int> ofClass = _bar.Report, ofFace = ((IProgress<int>)_bar).Report;
        var counted = new Counted();
        Action<int> ofFramework = ((IProgress<int>)counted).Report;

        await InChild.RunAsync(() =>
        {
            ofClass(1);
            ofFace(2);
            ofFramework(3);
        });

        Assert.Equal([1, 2], _bar.Seen);
        Assert.Equal([3], counted.Seen);
    }

    [Fact]
    public async Task A_class_of_ones_own_that_derives_from_Progress_reports_to_the_original()
    {
        var counted = new Counted();
        (Progress<int> asBase, IProgress<int> asFace, object asObject) = (counted, counted, counted);

        await InChild.RunAsync(() =>
        {
            ((IProgress<int>)asBase).Report(1);
            asFace.Report(2);
            ((IProgress<int>)asObject).Report(3);
        });

        Assert.Equal([1, 2, 3], counted.Seen);
    }

    [Fact]
    public async Task An_object_that_is_two_progresses_gets_the_reports_of_each()
    {
        var both = new Both();
        (IProgress<int> numbers, IProgress<string> texts, IProgress<int> again) = (both, both, both);

        bool isOne = await InChild.RunAsync(() =>
        {
            numbers.Report(1);
            texts.Report("two");
            again.Report(3);
            return ReferenceEquals(numbers, again);
        });

        Assert.Equal([1, "two", 3], both.Seen);
        Assert.True(isOne);
    }

    [Fact]
    public async Task Delegates_that_report_to_an_object_that_is_two_progresses_report_to_the_original()
    {
        var both = new Both();
        (Action<int> ofNumbers, Action<string> ofTexts) = (both.Report, ((IProgress<string>)both).Report);
        IProgress<string> texts = both;

        await InChild.RunAsync(() =>
        {
            ofNumbers(1);
            ofTexts("two");
            texts.Report("three");
        });

        Assert.Equal([1, "two", "three"], both.Seen);
    }

    [Fact]
    public async Task A_delegate_that_reports_to_a_struct_reports_to_the_original()
    {
        Action<int> report = new Passing(_bar).Report;

        await InChild.RunAsync(() => report(1));

        Assert.Equal([1], _bar.Seen);
    }

    [Fact]
    public async Task What_is_declared_as_object_is_the_progress_that_its_class_is_also_if_it_is_used_as_another_before()
    {
        var everything = new Everything();
        (IProgress<string> texts, object thing) = (everything, everything);

        await InChild.RunAsync(() =>
        {
            texts.Report("one");
            ((IProgress<object>)thing).Report(2);
        });

        Assert.Equal(["one", 2], everything.Seen);
    }

    [Fact]
    public async Task A_progress_of_an_interface_takes_what_has_it()
    {
        var everything = new Everything();
        IProgress<IEnumerable<int>> sequences = everything;

        await InChild.RunAsync(() => sequences.Report(new List<int> { 1, 2 }));

        Assert.Equal([1, 2], Assert.IsType<List<int>>(Assert.Single(everything.Seen)));
    }

    [Fact]
    public async Task A_progress_of_objects_takes_what_is_reported_to_it_as_one_of_texts()
    {
        var everything = new Everything();
        (IProgress<string> texts, IProgress<object> objects) = (everything, everything);

        await InChild.RunAsync(() =>
        {
            texts.Report("one");
            objects.Report(2);
        });

        Assert.Equal(["one", 2], everything.Seen);
    }

    [Fact]
    public async Task A_struct_that_is_a_progress_reports_as_its_interface()
    {
        IProgress<int> face = new Passing(_bar);

        await InChild.RunAsync(() => face.Report(1));

        Assert.Equal([1], _bar.Seen);
    }

    [Fact]
    public void A_progress_that_is_declared_as_its_class_is_refused_where_it_stands()
    {
        var bar = _bar;
        (IProgress<int> face, IOwnProgress own, object both) = (_bar, _bar, new Both());
        var asNumbers = (IProgress<int>)both;
        var counted = new Counted();
        var passing = new Passing(_bar);
        List<Bar> list = [_bar];
        var holder = new OfClass(_bar);

        AssertRefused("captured 'bar' : Bar", () => bar.Report(1));
        AssertRefused("captured 'bar' : Bar", () => bar.Report(face is null ? 1 : 2));
        AssertRefused("captured 'own' : Bar", () => own.Report(1));
        AssertRefused("captured 'counted' : Counted", () => counted.Touch());
        AssertRefused("captured 'both' : Both", () => both.ToString());
        AssertRefused("captured 'both' : Both", () => ReferenceEquals(asNumbers, both));
        AssertRefused("captured 'passing' : Passing", () => passing.Report(1));
        AssertRefused("captured 'list'[0] : Bar", () => list[0].Report(1));
        AssertRefused("captured 'holder'.Bar : Bar", () => holder.Bar.Report(1));
        AssertRefused("argument 'bar' : Bar", new ChildProcess(Use, args: [_bar]));
    }

    [Fact]
    public async Task A_method_of_a_progress_is_refused_as_target()
    {
        await using var pool = new ProcessPool(workers: 1);

        Assert.Throws<TargetNotSupportedException>(() => { _ = pool.RunAsync(_bar.Report, 1, Cancelled); });
        Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(_bar.Touch));
        Action touch = _bar.Touch;
        Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => touch()));
        Assert.Empty(_bar.Seen);
    }

    [Fact]
    public void A_delegate_that_reports_is_refused_in_a_message_as_the_progress_that_it_is()
    {
        using var channel = ProcessChannel.CreateBounded<Action<int>>(1);

        var refusal = Assert.Throws<TargetNotSupportedException>(() => channel.Writer.Write(_bar.Report, Cancelled));

        Assert.Contains("An IProgress cannot be part of a message", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_progress_in_a_result_is_refused()
    {
        var failed = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => new Bar()));

        Assert.Equal(typeof(TargetNotSupportedException).FullName, failed.TypeName);
    }

    private static void AssertRefused(string path, Action target) => AssertRefused(path, new ChildProcess(target));

    private static void AssertRefused(string path, ChildProcess child)
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(child.Start);
        Assert.Equal(path, refusal.Path);
        Assert.Contains("progress", refusal.Message, StringComparison.Ordinal);
    }

    private static void Use(Bar bar) => bar.Report(1);

    private interface IOwnProgress : IProgress<int>;

    internal sealed class Bar : IOwnProgress
    {
        private readonly List<int> _seen = [];

        internal IReadOnlyList<int> Seen
        {
            get
            {
                lock (_seen)
                    return [.. _seen];
            }
        }

        public void Report(int value)
        {
            lock (_seen)
                _seen.Add(value);
        }

        internal void Touch() => Report(-1);
    }

    internal sealed class Counted : Progress<int>
    {
        internal List<int> Seen { get; } = [];

        internal void Touch() => Seen.Add(-1);

        protected override void OnReport(int value) => Seen.Add(value);
    }

    private sealed class Both : IProgress<int>, IProgress<string>
    {
        internal List<object> Seen { get; } = [];

        public void Report(int value) => Seen.Add(value);

        public void Report(string value) => Seen.Add(value);
    }

    private sealed class Everything : IProgress<object>
    {
        internal List<object> Seen { get; } = [];

        public void Report(object value) => Seen.Add(value);
    }

    private readonly struct Passing(Bar bar) : IProgress<int>
    {
        public void Report(int value) => bar.Report(value);
    }

    private sealed record Holder(IProgress<int> Face, object Thing);

    private sealed record OfClass(Bar Bar);
}
