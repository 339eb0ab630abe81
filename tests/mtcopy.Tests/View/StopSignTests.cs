using Mtcopy.Tests.Running;
using Mtcopy.View;

namespace Mtcopy.Tests.View;

/// <summary>When progress lines are drawn over themselves, and when below what others have written.</summary>
public sealed class StopSignTests
{
    [Fact]
    public void Silence_alone_is_no_stop_and_puts_off_one_drawing()
    {
        var clock = new HandClock();
        using var sign = new StopSign(clock);
        Assert.Equal(NextDrawing.InPlace, Draw(sign));
        clock.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(NextDrawing.Later, sign.Next());
        Assert.Equal(NextDrawing.InPlace, Draw(sign));
    }

    [Fact]
    public void Stop_however_short_has_the_next_lines_drawn_below_what_others_wrote()
    {
        using var space = new Workspace();
        var clock = new HandClock();
        using var sign = new StopSign(clock);
        Draw(sign);
        space.Bash($"kill -CONT {Environment.ProcessId}");
        Assert.True(SpinWait.SpinUntil(() => sign.Next() == NextDrawing.BelowAll, TimeSpan.FromSeconds(30)));
        Assert.Equal(NextDrawing.InPlace, Draw(sign));
    }

    private static NextDrawing Draw(StopSign sign)
    {
        NextDrawing next = sign.Next();
        sign.NoteDrawn();
        return next;
    }

    private sealed class HandClock : TimeProvider
    {
        private long _now;

        internal void Pass(TimeSpan time) => _now += time.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;
    }
}
