using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What the command says when a signal ended it.</summary>
internal static class StopReport
{
    public static string Compose(ExitCode cause, in CopyProgress progress, bool isDryRun)
    {
        if (isDryRun)
            return $"{Name(cause)}; nothing was written.";
        string total = progress.IsTotalKnown ? $" of {Amounts.Count(progress.FilesFound)}" : "";
        string files = $"{Amounts.Count(progress.FilesDone)}{total} file{(total.Length == 0 && progress.FilesDone == 1 ? "" : "s")}";
        return $"{Name(cause)} after {files}, {Amounts.Bytes(progress.BytesDone)}; run the same command again to complete the copy.";
    }

    private static string Name(ExitCode cause) => cause switch
    {
        ExitCode.Interrupted => "interrupted",
        ExitCode.HungUp => "the terminal was closed: stopped",
        _ => "terminated",
    };
}
