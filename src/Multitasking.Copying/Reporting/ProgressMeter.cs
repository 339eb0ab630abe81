using System.Diagnostics;

namespace Multitasking.Copying.Reporting;

/// <summary>Makes what is reported of what was counted: speed over the last seconds, and the time left. Time in which the copy was paused counts for neither.</summary>
internal sealed class ProgressMeter(long start, CopyPause? pause = null)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_tooEarlyToTell = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _stoodStillBefore = pause?.StoodStill ?? TimeSpan.Zero;
    private readonly Queue<(TimeSpan At, long Bytes)> _samples = new();

    internal CopyProgress Read(Tally done, SurveyTotals found, int errors)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TimeSpan running = Running(elapsed);
        long files = FilesDone(done);
        long bytes = done.BytesCopied + done.BytesPassed;
        return new CopyProgress(
            files,
            bytes,
            Math.Max(files, found.Files),
            Math.Max(bytes, found.Bytes),
            found.AreComplete,
            errors,
            Speed(running, done.BytesCopied),
            elapsed,
            found.AreComplete && running > s_tooEarlyToTell ? TimeLeft(running, files, bytes, found) : null);
    }

    internal CopyProgress ReadLast(Tally done, int errors)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        long files = FilesDone(done);
        long bytes = done.BytesCopied + done.BytesPassed;
        double speed = done.BytesCopied / Math.Max(Running(elapsed).TotalSeconds, 1e-6);
        return new CopyProgress(files, bytes, files, bytes, IsTotalKnown: true, errors, speed, elapsed, TimeSpan.Zero);
    }

    private TimeSpan Running(TimeSpan elapsed) => elapsed - ((pause?.StoodStill ?? TimeSpan.Zero) - _stoodStillBefore);

    private static long FilesDone(Tally done) =>
        done.FilesCopied + done.LinksCopied + done.HardLinksMade + done.SpecialsCreated + done.FilesUnchanged + done.FilesFailed + done.Kept;

    /// <summary>Files cost time as well as bytes do; whichever has more left to do decides.</summary>
    private static TimeSpan? TimeLeft(TimeSpan elapsed, long files, long bytes, SurveyTotals found)
    {
        double byFiles = Share(files, found.Files);
        double byBytes = Share(bytes, found.Bytes);
        double done = Math.Min(byFiles, byBytes);
        return done < 0.001 ? null : elapsed * ((1 - done) / done);
    }

    private static double Share(long done, long all) => all == 0 ? 1 : Math.Min(1, (double)done / all);

    private double Speed(TimeSpan elapsed, long bytes)
    {
        // A long pause must not gather samples.
        if (pause is not { IsPaused: true })
            _samples.Enqueue((elapsed, bytes));
        while (_samples.Count > 2 && elapsed - _samples.Peek().At > s_window)
            _samples.Dequeue();
        (TimeSpan at, long before) = _samples.Count > 1 ? _samples.Peek() : default;
        return Math.Max(0, bytes - before) / Math.Max((elapsed - at).TotalSeconds, 1e-6);
    }
}
