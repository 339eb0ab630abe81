using System.Runtime.CompilerServices;
using Mtcopy.CommandLine;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Has the engine copy and gives on what it tells of each entry: many at a time, and at once when nothing more happens for now.</summary>
internal static class EventPump
{
    public static CopyResult Run(CopyRequest request, IProgress<CopyProgress> progress, IReporter reporter, CancellationToken stop) =>
        RunAsync(FolderCopier.CopyEventsAsync(request.Sources, request.Destination, request.Options, progress, stop), reporter).GetAwaiter().GetResult();

    private static async Task<CopyResult> RunAsync(IAsyncEnumerable<CopyEvent> events, IReporter reporter)
    {
        CopyResult? result = null;
        IAsyncEnumerator<CopyEvent> reader = events.GetAsyncEnumerator();
        await using ConfiguredAsyncDisposable ending = reader.ConfigureAwait(false);
        while (true)
        {
            ValueTask<bool> next = reader.MoveNextAsync();
            if (!next.IsCompleted)
                reporter.Flush();
            if (!await next.ConfigureAwait(false))
                break;
            reporter.Tell(reader.Current);
            result = reader.Current.Result ?? result;
        }

        return result ?? throw new InvalidOperationException("The copy ended without an outcome.");
    }
}
