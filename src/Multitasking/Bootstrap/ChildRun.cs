using System.Runtime.CompilerServices;
using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Bootstrap;

/// <summary>A child's whole life: hear what to run, run it on the main thread, answer, wait for its own workers, end.</summary>
internal static class ChildRun
{
    /// <summary>Never returns: what would come after is the program's <c>Main</c>.</summary>
    internal static void ToTheEnd(ChildLink link, SafeDescriptor place)
    {
        if (link.Receive(out var kind) is not { } order || kind != FrameKind.Invoke)
        {
            LibC.ExitAtOnce(1);
            return;
        }
        var lifeline = new Lifeline(link);
        int exitCode = Run(link, place, lifeline, order);
        lifeline.Finish();
        LiveThreads.JoinAll();
        // Runs the program's own exit handlers, and this library's, which waits for this child's children.
        Environment.Exit(exitCode);
    }

    // On the stack of everything that the target calls: RunningInitializer looks no further.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(ChildLink link, SafeDescriptor place, Lifeline lifeline, byte[] order)
    {
        bool wantsAnswer = true;
        try
        {
            link.CloseToOthers();
            place.CloseToOthers();
            var bytes = new ByteReader(order);
            (ThisWorker.Identity, wantsAnswer) = InvokeMessage.ReadHead(bytes);
            Family.Join(place, ThisWorker.Identity);
            var reader = new GraphReader(bytes, new ParentTypes(), lifeline);
            var call = Call.Read(reader);
            lifeline.Parent = call.Trust.With(reader.Sent);
            var termination = call.TakesTermination ? lifeline.Termination : CancellationToken.None;
            if (lifeline.CanAsk)
            {
                ParentLink.OutliveParentForAMoment();
                lifeline.HearWhatWaits();
            }
            lifeline.Start();
            using (lifeline.CanAsk ? TerminalSignals.Ask(lifeline) : null)
                Answer(link, lifeline.Parent, wantsAnswer ? call.ResultType : typeof(void), call.Invoke(termination));
            return 0;
        }
        catch (OperationCanceledException) when (lifeline.EndIsWanted)
        {
            return EndBySignal(lifeline.EndSignal);
        }
        catch (Exception exception)
        {
            link.Send(FailureCodec.ToFrame(exception, lifeline.Parent).Span);
            if (!wantsAnswer)
                UnobservedFailure.Print($"{ThisWorker.Identity.Name} (process {Environment.ProcessId})", exception);
            return 1;
        }
    }

    private static void Answer(ChildLink link, Trust parent, Type type, object? result)
    {
        var bytes = new ByteWriter();
        if (type != typeof(void))
            new GraphWriter(bytes, parent.Answers).WriteRoot(type, result, "the result");
        link.Send(bytes.ToFrame(FrameKind.Answer).Span);
    }

    /// <summary>A target that gave way to its termination ends as if it had held no token: by the signal.</summary>
    private static int EndBySignal(int signal)
    {
        _ = LibC.SetSignalDisposition(signal, SIG_DFL);
        _ = LibC.Raise(signal);
        return 128 + signal;
    }
}
