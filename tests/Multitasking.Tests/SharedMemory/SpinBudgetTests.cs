using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>How long to look before sleeping.</summary>
public sealed class SpinBudgetTests
{
    private readonly SpinBudget _budget = new(TimeSpan.FromMicroseconds(100));

    [Fact]
    public void Looks_in_vain_become_rare_and_are_tried_again()
    {
        Needs.Machine(Environment.ProcessorCount > 1, "two processors: with one, looking is in vain");
        long longest = _budget.Ticks;
        int longLooks = 0;
        for (int i = 0; i < 1000; i++)
        {
            long ticks = _budget.Ticks;
            _budget.Miss(ticks);
            longLooks += ticks == longest ? 1 : 0;
        }
        Assert.InRange(longLooks, 10, 40);
    }

    [Fact]
    public void Looks_that_find_something_stay_long()
    {
        long longest = _budget.Ticks;
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(longest, _budget.Ticks);
            _budget.Hit();
        }
    }

    [Fact]
    public void Looks_are_long_again_soon_after_they_find_something()
    {
        long longest = _budget.Ticks;
        for (int i = 0; i < 100; i++)
            _budget.Miss(longest);
        int shortLooks = 0;
        while (_budget.Ticks != longest)
            shortLooks++;
        for (int i = 0; i < 8; i++)
            _budget.Hit();
        Assert.InRange(shortLooks, 0, 64);
        _budget.Miss(longest);
        Assert.True(_budget.Ticks <= longest);
        Assert.Equal(longest, _budget.Ticks);
    }
}
