using System.Linq.Expressions;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Targets;

[Collection(nameof(Alone))]
public sealed class RefusedTargetTests
{
    private delegate void OfReference(ref int number);

    private delegate void OfOutput(out int number);

    private delegate void OfSpan(ReadOnlySpan<byte> bytes);

    private delegate ref int Returning();

    private static readonly Dictionary<string, Delegate> s_refused = new()
    {
        ["is async void"] = new Action(AsyncVoid),
        ["is async void: nobody can tell"] = new Action(async () => await Task.Yield()),
        ["a combination of several delegates"] = (Action)Console.WriteLine + Console.WriteLine,
        ["'number' of RefusedTargetTests.Increment is passed by reference"] = new OfReference(Increment),
        ["'number' of RefusedTargetTests.Set is passed by reference"] = new OfOutput(Set),
        ["'bytes' of RefusedTargetTests.Sum is passed by reference or is a span"] = new OfSpan(Sum),
        ["First returns a reference into its own memory"] = new Returning(First),
    };

    public static TheoryData<string> Refused => [.. s_refused.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void The_constructor_refuses_what_no_worker_can_run_and_says_why(string reason)
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => new ChildProcess(s_refused[reason], args: [null]));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(NoChildLeft.Ids());
    }

    [Fact]
    public void A_method_made_at_run_time_is_refused_at_the_start()
    {
        var compiled = Expression.Lambda<Action>(Expression.Empty()).Compile();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(compiled));

        Assert.Contains("was made at run time", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(NoChildLeft.Ids());
    }

    [Fact]
    public void A_delegate_made_at_run_time_is_refused_with_the_path_to_it()
    {
        var compiled = Expression.Lambda<Func<int>>(Expression.Constant(1)).Compile();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => Console.WriteLine(compiled())));

        Assert.Equal("captured 'compiled' : Func<int>", refusal.Path);
    }

    [Fact]
    public void No_target_is_no_worker() =>
        Assert.Throws<ArgumentNullException>("target", () => new ChildProcess(null!));

    private static async void AsyncVoid() => await Task.Yield();

    private static void Increment(ref int number) => number++;

    private static void Set(out int number) => number = 1;

    private static void Sum(ReadOnlySpan<byte> bytes) => _ = bytes.Length;

    private static ref int First() => ref (new int[1])[0];
}
