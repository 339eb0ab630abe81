using System.Diagnostics;

namespace Multitasking.Pools.Processes;

/// <summary>
/// The orders of a pool of which something may wait to be read: the pool's end and its time limits wait for none of them.
/// </summary>
/// <param name="limit">How long an answer may take to be read, in ticks; <see cref="long.MaxValue"/> for any time.</param>
internal sealed class UnreadAnswers(long limit)
{
    private readonly Lock _lock = new();
    private readonly HashSet<AnswerLine> _lines = [];
    private long _lookAt = long.MaxValue;

    internal AnswerLine Add(AnswerLine line)
    {
        lock (_lock)
            _lines.Add(line);
        return line;
    }

    internal void Remove(AnswerLine line)
    {
        lock (_lock)
            _lines.Remove(line);
    }

    /// <summary>Has <see cref="EndOverdue"/> look at a certain time.</summary>
    internal void LookBy(long time)
    {
        lock (_lock)
            _lookAt = Math.Min(_lookAt, time);
    }

    /// <summary>Ends every reading, as an abort does. Those that would begin later ask whether the pool was aborted.</summary>
    internal void Cancel()
    {
        AnswerLine[] lines;
        lock (_lock)
            lines = [.. _lines];
        foreach (var line in lines)
        {
            line.Hurry();
            line.GiveUp(static task => task.CancelRest());
        }
    }

    /// <summary>Ends what has taken longer than it may.</summary>
    /// <returns>When to look again.</returns>
    internal long EndOverdue(long now)
    {
        AnswerLine[] lines;
        lock (_lock)
        {
            if (now < _lookAt)
                return _lookAt;
            _lookAt = long.MaxValue;
            lines = [.. _lines];
        }
        // Lines in which nothing waits now have no time to look at yet.
        long next = lines.Length == 0 || limit == long.MaxValue ? long.MaxValue : now + (limit / 4);
        foreach (var line in lines)
        {
            if (line.Due <= now && !Debugger.IsAttached)
                line.EndOverdue(now);
            next = Math.Min(next, line.Due);
        }
        lock (_lock)
            return _lookAt = Math.Min(_lookAt, next);
    }
}
