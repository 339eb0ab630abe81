namespace Multitasking.Faults.Hostile;

/// <summary>The moves on a link, in rings, with descriptors.</summary>
internal static unsafe class HostileMoves
{
    private const int Answer = 16, Failure = 17, Report = 18, Ready = 19;

    internal static IReadOnlyList<(string Name, Action<HostilePlay> Make)> All { get; } =
    [
        ("a frame of any kind", AnyFrame), ("a failure on the link", FailureFrame), ("an answer on the link", AnswerFrame), ("a report on the link", ReportFrame),
        ("ready again", ReadyAgain), ("two answers", TwoAnswers), ("a length that is not true", LyingLength), ("half a frame", HalfFrame), ("a flood of frames", FloodFrames),
        ("the link shut down", ShutLink), ("noise on the link", NoiseOnLink), ("frames after a good answer", FramesAfterAnswer),
        ("a value in the ring", RingValue), ("a value in the ring, long and slow", SlowValue), ("a failure in the ring", RingFailure), ("a report in the ring", RingReport),
        ("a tag in the ring", RingTag), ("a length in the ring", RingLength), ("an end too early", EarlyEnd), ("answers too many", TooManyAnswers), ("half an answer", HalfAnswer),
        ("positions", Positions), ("positions that run", RunningPositions), ("slots", SlotWords), ("flags", FlagWords), ("times", TimeWords), ("scribbles", Scribbles),
        ("scribbles that go on", LongScribbles), ("old answers again", OldAnswers),
        ("a bell that blocks", BlockingBell), ("a full bell", FullBell), ("a bell that rings on", RingingBell), ("an emptied bell", EmptiedBell),
        ("closed descriptors", ClosedDescriptors), ("replaced descriptors", ReplacedDescriptors), ("noise by the way of descriptors", NoiseOnPassing), ("silence", static _ => { }),
    ];

    private static void AnyFrame(HostilePlay play)
    {
        int kind = play.Random.Next(2) == 0 ? play.Random.Next(256) : (int[])[1, 2, 3, Answer, Failure, Report, Ready] is var known ? known[play.Random.Next(known.Length)] : 0;
        play.Handles.SendAll(HostilePlay.Frame(kind, play.Noise(3000)));
    }

    private static void FailureFrame(HostilePlay play) => play.Handles.SendAll(HostilePlay.Frame(Failure, play.AnyFailure()));

    private static void AnswerFrame(HostilePlay play) => play.Handles.SendAll(HostilePlay.Frame(Answer, play.Damaged(play.AnyValue())));

    private static void ReportFrame(HostilePlay play)
    {
        for (int i = play.Random.Next(1, 50); i > 0; i--)
            play.Handles.SendAll(HostilePlay.Frame(Report, new Wire().Number(play.Random.Next(4)).Block(play.AnyValue()).ToArray()));
    }

    private static void ReadyAgain(HostilePlay play)
    {
        for (int i = play.Random.Next(1, 100); i > 0; i--)
            play.Handles.SendAll(HostilePlay.Frame(Ready, play.Random.Next(2) == 0 ? [] : play.Noise(100)));
    }

    private static void TwoAnswers(HostilePlay play)
    {
        play.Handles.SendAll(HostilePlay.Frame(Answer, play.AnyValue()));
        play.Handles.SendAll(play.Random.Next(2) == 0 ? HostilePlay.Frame(Answer, play.AnyValue()) : HostilePlay.Frame(Failure, play.AnyFailure()));
    }

    private static void LyingLength(HostilePlay play)
    {
        int length = play.Random.Next(4) switch { 0 => -1, 1 => int.MinValue, 2 => int.MaxValue, _ => play.Random.Next() };
        play.Handles.SendAll(new Wire().Int(length).Byte(play.Random.Next(16, 20)).Block(play.Noise(5000)).ToArray());
    }

    private static void HalfFrame(HostilePlay play)
    {
        byte[] frame = HostilePlay.Frame(play.Random.Next(16, 20), play.AnyValue());
        play.Handles.SendAll(frame.AsSpan(0, play.Random.Next(frame.Length)));
        Thread.Sleep(play.Random.Next(300));
    }

    private static void FloodFrames(HostilePlay play)
    {
        byte[] frame = HostilePlay.Frame(play.Random.Next(16, 20), play.Noise(70_000));
        for (int i = play.Random.Next(2000); i > 0; i--)
            play.Handles.SendAll(frame);
    }

    private static void ShutLink(HostilePlay play) => _ = NativeCalls.Shutdown(play.Handles.Link, play.Random.Next(3));

    private static void NoiseOnLink(HostilePlay play)
    {
        for (int i = play.Random.Next(1, 200); i > 0; i--)
            play.Handles.SendAll(play.Noise(2000));
    }

    private static void FramesAfterAnswer(HostilePlay play)
    {
        play.Handles.SendAll(HostilePlay.Frame(Answer, new Wire().Other(typeof(string)).Text("well").ToArray()));
        for (int i = play.Random.Next(1, 30); i > 0; i--)
            AnyFrame(play);
    }

    private static void RingValue(HostilePlay play) => Publish(play, RingHand.ResultAndEnd(play.Damaged(play.AnyValue())));

    private static void SlowValue(HostilePlay play)
    {
        if (!play.HasRings)
            return;
        // A length that says much more than comes, and comes in pieces.
        byte[] value = play.Noise(3 << 20);
        byte[] head = new Wire().Byte(play.Random.Next(3)).Int(play.Random.Next(2) == 0 ? int.MaxValue - play.Random.Next(100) : value.Length + play.Random.Next(-10, 10)).ToArray();
        play.Ring.AnswerSlowly(head, play.Handles);
        play.Ring.AnswerSlowly(value, play.Handles);
    }

    private static void RingFailure(HostilePlay play) => Publish(play, [.. RingHand.Tagged(1, play.Damaged(play.AnyFailure())), .. RingHand.End()]);

    private static void RingReport(HostilePlay play) =>
        Publish(play, [.. RingHand.Tagged(2, new Wire().Number(play.Random.Next(-1, 3)).Block(play.AnyValue()).ToArray()), .. RingHand.ResultAndEnd(play.AnyValue())]);

    private static void RingTag(HostilePlay play) => Publish(play, RingHand.Tagged(play.Random.Next(256), play.Noise(200)));

    private static void RingLength(HostilePlay play) =>
        Publish(play, new Wire().Byte(play.Random.Next(3)).Int(play.Random.Next(3) switch { 0 => -play.Random.Next(), 1 => int.MaxValue, _ => play.Random.Next() }).Block(play.Noise(300)).ToArray());

    private static void EarlyEnd(HostilePlay play) => Publish(play, RingHand.End());

    private static void TooManyAnswers(HostilePlay play)
    {
        byte[] answer = RingHand.ResultAndEnd(new Wire().Other(typeof(string)).Text("many").ToArray());
        for (int i = play.Random.Next(2, 50); i > 0; i--)
            Publish(play, answer);
    }

    private static void HalfAnswer(HostilePlay play)
    {
        byte[] answer = RingHand.ResultAndEnd(play.AnyValue());
        Publish(play, answer.AsSpan(0, play.Random.Next(answer.Length)).ToArray());
    }

    private static void Positions(HostilePlay play)
    {
        foreach (int offset in (int[])[RingHand.TasksRead, RingHand.TasksWritten, RingHand.AnswersRead, RingHand.AnswersWritten])
            if (play.HasRings && play.Random.Next(2) == 0)
                Volatile.Write(ref play.Ring.Position(offset), AnyPosition(play, play.Ring.Position(offset)));
        play.Handles.Ring();
    }

    private static long AnyPosition(HostilePlay play, long now) => play.Random.Next(5) switch
    {
        0 => now + play.Random.Next(-100, 100),
        1 => -1,
        2 => long.MaxValue,
        3 => now + RingHand.RingSize + play.Random.Next(-2, 3),
        _ => play.Random.NextInt64(),
    };

    private static void RunningPositions(HostilePlay play) => Repeat(play, () => Positions(play), 300);

    private static void SlotWords(HostilePlay play) => Repeat(
        play,
        () =>
        {
            for (int i = 0; i < 256; i++)
                play.Ring.Position(RingHand.Slots + (8 * i)) = play.Random.Next(3) switch { 0 => play.Random.NextInt64(), 1 => 0, _ => -1 };
            play.Handles.Ring();
        },
        play.Random.Next(1, 50));

    private static void FlagWords(HostilePlay play) => Repeat(
        play,
        () =>
        {
            foreach (int offset in RingHand.Flags)
                Volatile.Write(ref play.Ring.Flag(offset), play.Random.Next(4) == 0 ? play.Random.Next() : play.Random.Next(3));
            play.Handles.Ring();
        },
        play.Random.Next(1, 300));

    private static void TimeWords(HostilePlay play) => Repeat(
        play, () => Volatile.Write(ref play.Ring.Position(RingHand.StartedAt), play.Random.Next(2) == 0 ? play.Random.NextInt64() : long.MaxValue), play.Random.Next(1, 100));

    private static void Scribbles(HostilePlay play)
    {
        if (!play.HasRings)
            return;
        var all = play.Ring.All;
        int from = play.Random.Next(2) == 0 ? 0 : play.Random.Next(all.Length), length = play.Random.Next(2) == 0 ? RingHand.ControlSize : play.Random.Next(all.Length);
        var part = all.Slice(from, Math.Min(length, all.Length - from));
        if (play.Random.Next(2) == 0)
            play.Random.NextBytes(part);
        else
            part.Fill((byte)play.Random.Next(256));
        play.Handles.Ring();
    }

    private static void LongScribbles(HostilePlay play) => Repeat(play, () => Scribbles(play), 40);

    /// <summary>Bytes that the library itself has written there before, with a few bits turned.</summary>
    private static void OldAnswers(HostilePlay play)
    {
        if (!play.HasRings)
            return;
        int length = (int)Math.Min(play.Random.Next(1, 5000), Volatile.Read(ref play.Ring.Position(RingHand.AnswersWritten)));
        Publish(play, play.Damaged(play.Ring.Answers[..length].ToArray()));
    }

    private static void BlockingBell(HostilePlay play)
    {
        _ = NativeCalls.Control(play.Handles.Bell, NativeCalls.F_SETFL, NativeCalls.Control(play.Handles.Bell, NativeCalls.F_GETFL, 0) & ~NativeCalls.O_NONBLOCK);
        Repeat(play, () => { play.Handles.Ring(); EmptyBell(play); }, 300, pause: false);
    }

    private static void FullBell(HostilePlay play)
    {
        ulong most = ulong.MaxValue - 1;
        _ = NativeCalls.Write(play.Handles.Bell, &most, sizeof(ulong));
    }

    private static void RingingBell(HostilePlay play) => Repeat(play, play.Handles.Ring, 20_000, pause: false);

    private static void EmptiedBell(HostilePlay play) => Repeat(play, () => EmptyBell(play), 200);

    private static void EmptyBell(HostilePlay play)
    {
        // Only what is there: this process must not wait either.
        nint flags = NativeCalls.Control(play.Handles.Bell, NativeCalls.F_GETFL, 0);
        if ((flags & NativeCalls.O_NONBLOCK) == 0)
            play.Handles.Ring();
        ulong rings;
        _ = NativeCalls.Read(play.Handles.Bell, &rings, sizeof(ulong));
    }

    private static void ClosedDescriptors(HostilePlay play)
    {
        foreach (int descriptor in (int[])[play.Handles.Link, play.Handles.Bell, play.Handles.Passing])
            if (play.Random.Next(2) == 0)
                _ = NativeCalls.Close(descriptor);
    }

    private static void ReplacedDescriptors(HostilePlay play)
    {
        int[] all = [play.Handles.Link, play.Handles.Bell, play.Handles.Passing, 0];
        int from = all[play.Random.Next(all.Length)];
        foreach (int descriptor in all[..3])
            if (descriptor != from && descriptor >= 0 && from >= 0 && play.Random.Next(2) == 0)
                _ = NativeCalls.Duplicate(from, descriptor);
    }

    private static void NoiseOnPassing(HostilePlay play)
    {
        for (int i = play.Random.Next(1, 300); i > 0; i--)
            _ = WorkerHandles.Send(play.Handles.Passing, play.Noise(500));
        if (play.Random.Next(2) == 0)
            _ = NativeCalls.Shutdown(play.Handles.Passing, 2);
    }

    private static void Publish(HostilePlay play, byte[] bytes)
    {
        if (!play.HasRings)
        {
            play.Handles.SendAll(bytes);
            return;
        }
        play.Ring.AnswerSlowly(bytes, play.Handles);
    }

    private static void Repeat(HostilePlay play, Action step, int times, bool pause = true)
    {
        if (!play.HasRings)
            return;
        for (int i = 0; i < times; i++)
        {
            step();
            if (pause && i % 8 == 0)
                Thread.Sleep(0);
        }
    }
}
