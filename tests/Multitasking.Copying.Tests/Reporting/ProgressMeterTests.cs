using System.Diagnostics;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Tests.Reporting;

public sealed class ProgressMeterTests
{
    [Fact]
    public void Speed_and_time_left_do_not_count_a_pause()
    {
        using var pause = new CopyPause();
        // Paused before it begins: what the machine takes for anything up to the reading is part of the pause then.
        pause.Pause();
        var meter = new ProgressMeter(Stopwatch.GetTimestamp(), pause);
        var done = new Tally { BytesCopied = 1_000_000, FilesCopied = 1 };
        var still = TimeSpan.FromMilliseconds(1500);
        Thread.Sleep(still);
        CopyProgress during = meter.Read(done, new SurveyTotals(2, 2_000_000, AreComplete: true), errors: 0);
        pause.Resume();

        Assert.Null(during.TimeLeft);
        Assert.True(during.Elapsed >= still);
        CopyProgress last = meter.ReadLast(done, errors: 0);
        Assert.True(last.BytesPerSecond > 1_000_000 / (last.Elapsed - still + TimeSpan.FromMilliseconds(1)).TotalSeconds);
    }
}
