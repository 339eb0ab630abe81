using Multitasking.Copying;

namespace Mtcopy.Tests;

/// <summary>The library's example of docs/mtcopy.md; a test holds the two together, and runs it.</summary>
internal static class CopyAFolder
{
    public static async Task<CopyResult> RunAsync(string source, string destination, CancellationToken cancellationToken)
    {
        // docs: begin
        var options = new CopyOptions { Workers = 4, Isolation = WorkerIsolation.Processes };
        var progress = new Progress<CopyProgress>(p => Console.WriteLine($"{p.FilesDone} of {p.FilesFound} files, {p.TimeLeft} left"));

        CopyResult result = await FolderCopier.CopyAsync(source, destination, options, progress, cancellationToken);
        foreach (CopyError error in result.Errors)
            Console.Error.WriteLine($"{error.Path}: {error.Reason}");
        // docs: end
        return result;
    }
}
