using System.Diagnostics;
using Multitasking.Pools;
using Xunit;

namespace Multitasking.Tests.Pools;

public sealed class StartPolicyTests
{
    private readonly StartPolicy _policy = new();

    [Fact]
    public void Third_failure_in_a_row_breaks_the_pool()
    {
        Assert.Equal((false, false, true), (Fail("a"), Fail("b"), Fail("c")));
        Assert.Equal("c", _policy.Cause!.Value.Message);
    }

    [Fact]
    public void First_cause_stays_whatever_comes_after_it()
    {
        for (int i = 0; i < 10; i++)
            Fail($"failure {i}");
        _policy.Break(new Lazy<Exception>(new InvalidOperationException("later")));
        Assert.Equal("failure 2", _policy.Cause!.Value.Message);
    }

    [Fact]
    public void Worker_that_was_of_use_makes_earlier_failures_count_no_more()
    {
        Fail("a");
        Fail("b");
        _policy.NoteUse();
        Assert.Equal((false, false, null), (Fail("c"), Fail("d"), _policy.Cause));
    }

    [Fact]
    public void Pool_with_a_worker_that_lives_is_not_broken()
    {
        for (int i = 0; i < 10; i++)
            Assert.False(_policy.NoteFailure(Cause("x"), isPassing: false, hasOthers: true, now: 0));
        Assert.Null(_policy.Cause);
    }

    [Fact]
    public void System_that_refuses_what_every_start_needs_fails_what_waits_and_does_not_break_the_pool()
    {
        bool[] fails = [.. Enumerable.Range(0, 5).Select(_ => _policy.NoteFailure(Cause("x"), isPassing: true, hasOthers: false, now: 0))];
        Assert.Equal([false, false, true, true, true], fails);
        Assert.Null(_policy.Cause);
    }

    [Fact]
    public void Workers_that_are_killed_however_many_do_not_break_the_pool_and_space_its_starts()
    {
        var pauses = new List<double>();
        for (int i = 0; i < 100; i++)
        {
            long now = _policy.NotBefore > 0 ? _policy.NotBefore : 0;
            _policy.NoteDeath(now);
            pauses.Add((double)(_policy.NotBefore - now) / Stopwatch.Frequency);
        }
        Assert.Null(_policy.Cause);
        Assert.Equal([0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6], pauses.Take(7));
        Assert.Equal(1.6, pauses[^1]);
        Assert.Contains("100 workers in a row were lost", _policy.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void Pool_whose_last_worker_was_of_use_has_no_trouble()
    {
        _policy.NoteDeath(0);
        _policy.NoteDeath(0);
        _policy.NoteUse();
        Assert.Null(_policy.Trouble);
    }

    private static Lazy<Exception> Cause(string message) => new(new InvalidOperationException(message));

    private bool Fail(string message) => _policy.NoteFailure(Cause(message), isPassing: false, hasOthers: false, now: 0);
}
