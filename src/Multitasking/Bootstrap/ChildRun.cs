using System.Runtime.InteropServices;
using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Bootstrap;

/// <summary>A child's whole life: hear what to run, run it on the main thread, answer, wait for its own workers, end.</summary>
internal static class ChildRun
{
    /// <summary>Never returns: what would come after is the program's <c>Main</c>.</summary>
    internal static void ToTheEnd(ChildLink link)
    {
        if (link.Receive(out var kind) is not { } order || kind != FrameKind.Invoke)
        {
            LibC.ExitAtOnce(1);
            return;
        }
        var lifeline = new Lifeline(link);
        int exitCode = Run(link, lifeline, order);
        lifeline.Finish();
        LiveThreads.JoinAll();
        // Runs the program's own exit handlers, and this library's, which waits for this child's children.
        Environment.Exit(exitCode);
    }

    private static int Run(ChildLink link, Lifeline lifeline, byte[] order)
    {
        bool wantsAnswer = true;
        try
        {
            var bytes = new ByteReader(order);
            (ThisWorker.Identity, wantsAnswer) = InvokeMessage.ReadHead(bytes);
            var call = Call.Read(new GraphReader(bytes, new ParentTypes(), lifeline));
            var termination = call.TakesTermination ? lifeline.Termination : CancellationToken.None;
            if (lifeline.CanAsk)
                ParentLink.OutliveParentForAMoment();
            lifeline.Start();
            using (lifeline.CanAsk ? AskOnSignal(lifeline) : null)
                Answer(link, wantsAnswer ? call.ResultType : typeof(void), call.Invoke(termination));
            return 0;
        }
        catch (OperationCanceledException) when (lifeline.EndIsWanted)
        {
            return EndBySignal();
        }
        catch (Exception exception)
        {
            link.Send(FailureCodec.ToFrame(exception).Span);
            if (!wantsAnswer)
                UnobservedFailure.Print($"{ThisWorker.Identity.Name} (process {Environment.ProcessId})", exception);
            return 1;
        }
    }

    private static void Answer(ChildLink link, Type type, object? result)
    {
        var bytes = new ByteWriter();
        if (type != typeof(void))
            new GraphWriter(bytes, Crossing.FromChild()).WriteRoot(type, result, "the result");
        link.Send(bytes.ToFrame(FrameKind.Answer).Span);
    }

    /// <summary>.NET leaves SIGTERM to the system, which ends the process at once; a target that holds a token is asked instead.</summary>
    private static PosixSignalRegistration AskOnSignal(Lifeline lifeline) =>
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            lifeline.RequestEnd();
        });

    /// <summary>A target that gave way to its termination ends as if it had held no token: by SIGTERM.</summary>
    private static int EndBySignal()
    {
        _ = LibC.SetSignalDisposition(SIGTERM, SIG_DFL);
        _ = LibC.Raise(SIGTERM);
        return 128 + SIGTERM;
    }
}
