using System.Diagnostics;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Tests.Reporting;

public sealed class ProgressMeterTests
{
    [Fact]
    public void Speed_and_time_left_do_not_count_a_pause()
    {
        using var pause = new CopyPause();
        var meter = new ProgressMeter(Stopwatch.GetTimestamp(), pause);
        var done = new Tally { BytesCopied = 1_000_000, FilesCopied = 1 };
        long start = Stopwatch.GetTimestamp();
        pause.Pause();
        var still = TimeSpan.FromMilliseconds(1500);
        Thread.Sleep(still);
        CopyProgress during = meter.Read(done, new SurveyTotals(2, 2_000_000, AreComplete: true), errors: 0);
        pause.Resume();

        // All but the pause is far shorter than the second that a guess at the time left takes.
        TimeSpan running = Stopwatch.GetElapsedTime(start) - still;
        Assert.SkipUnless(running < TimeSpan.FromSeconds(0.9), "the machine is too busy");
        Assert.Null(during.TimeLeft);
        Assert.True(during.Elapsed >= still);
        CopyProgress last = meter.ReadLast(done, errors: 0);
        Assert.True(last.BytesPerSecond > 1_000_000 / (last.Elapsed - still + TimeSpan.FromMilliseconds(1)).TotalSeconds);
    }
}
