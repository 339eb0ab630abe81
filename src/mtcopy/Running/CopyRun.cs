using System.Runtime.CompilerServices;
using Mtcopy.CommandLine;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Has the engine copy, shows how it goes, and says with which code to exit.</summary>
internal static class CopyRun
{
    public static ExitCode Execute(CopyRequest request)
    {
        using var display = new ProgressDisplay(request.Output);
        using var signals = new StopSignals();
        using var pause = new CopyPause();
        using var pauseSignal = new PauseSignal(pause, display, isSilent: request.Output.Verbosity == Verbosity.Quiet);
        using var reporters = new Reporters();
        if (!TryAddReporters(reporters, request, display, signals.Token, out string problem))
        {
            StandardStream.Error.WriteLine($"mtcopy: {problem}");
            return ExitCode.Refused;
        }

        reporters.Begin(request);
        var policy = new ProblemPolicy(request.Output, new Problems(display));
        CopyOptions options = request.Options with
        {
            // A copy that nobody watches need not know the total.
            CountAhead = display.IsWatched || request.Output.Json,
            Pause = pause,
            RetryWait = request.Output.RetryWait,
            OnError = policy.Decide,
        };

        Ending ending = Copy(request with { Options = options }, display, reporters, policy, signals);
        display.Dispose();
        Conclude(request, ending, display);
        reporters.End(ending);
        return ending.Code;
    }

    private static Ending Copy(CopyRequest request, ProgressDisplay display, Reporters reporters, ProblemPolicy policy, StopSignals signals)
    {
        try
        {
            CopyResult result = reporters.AreThere
                ? EventPump.Run(request, new ProgressFan(display, reporters), reporters, signals.Token)
                : FolderCopier.Copy(request.Sources, request.Destination, request.Options, display, signals.Token);
            return new Ending(ExitCodes.Of(result, policy.IsGivenUp, request.Output.ErrorIfNone), result, display.Latest);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return new Ending(signals.Cause, null, display.Latest, StopReport.Compose(signals.Cause, display.Latest, request.Options.DryRun));
        }
        catch (CopyRefusedException refused)
        {
            return new Ending(ExitCodes.OfRefusal(refused.Error), null, display.Latest, refused.Message, refused.Error);
        }
        catch (ArgumentException e)
        {
            return new Ending(ExitCode.Usage, null, display.Latest, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Ending(ExitCode.Incomplete, null, display.Latest, e.Message);
        }
    }

    private static void Conclude(CopyRequest request, Ending ending, ProgressDisplay display)
    {
        if (ending.Problem is { } problem)
            StandardStream.Error.WriteLine($"mtcopy: {problem}");
        if (ending.Result is not { } result || request.Output.Json || request.Output.Verbosity == Verbosity.Quiet)
            return;
        StandardStream.Output.WriteLine(string.Join(
            '\n',
            Problems.Groups(result.Errors, display.IsTerminal).Prepend(Summary.Compose(result, request.Options.DryRun))));
    }

    private static bool TryAddReporters(Reporters reporters, CopyRequest request, ProgressDisplay display, CancellationToken stop, out string problem)
    {
        OutputRequest output = request.Output;
        problem = "";
        if (!output.Log.IsEmpty)
        {
            if (LogFile.TryOpen(output.Log, display, out problem) is not { } log)
                return false;
            reporters.Add(log);
        }

        if (output.Json)
            AddJson(reporters, stop);
        else if (request.Options.DryRun || output.Verbosity == Verbosity.Verbose)
            reporters.Add(new EventList(display, stop));
        return true;
    }

    /// <summary>In a method of its own, so that a copy without it does not even load the library for it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddJson(Reporters reporters, CancellationToken stop) => reporters.Add(new JsonReporter(stop));
}
