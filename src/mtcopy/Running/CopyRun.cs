using Mtcopy.CommandLine;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Has the engine copy, shows how it goes, and says with which code to exit.</summary>
internal static class CopyRun
{
    public static ExitCode Execute(CopyRequest request)
    {
        using var signals = new StopSignals();
        using var display = new ProgressDisplay();
        CopyOptions options = request.Options with
        {
            CountAhead = display.IsTerminal,
            OnError = error =>
            {
                display.Say($"mtcopy: {error}");
                return CopyErrorAction.Skip;
            },
        };

        try
        {
            CopyResult result = FolderCopier.Copy(request.Sources, request.Destination, options, display, signals.Token);
            display.Dispose();
            StandardStream.Output.WriteLine(Summary.Compose(result));
            return result.IsComplete ? ExitCode.Complete : ExitCode.Incomplete;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            display.Dispose();
            StandardStream.Error.WriteLine($"mtcopy: {StopReport.Compose(signals.Cause, display.Latest)}");
            return signals.Cause;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            display.Dispose();
            StandardStream.Error.WriteLine($"mtcopy: {e.Message}");
            return ExitCode.Incomplete;
        }
    }
}
