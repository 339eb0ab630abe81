using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What the command says at the end: a line, and further ones where there is more to say.</summary>
internal static class Summary
{
    /// <summary>The text, without a newline at its end.</summary>
    public static string Compose(CopyResult result, bool isDryRun)
    {
        string? more = More(result, isDryRun);
        return more is null ? Headline(result, isDryRun) : $"{Headline(result, isDryRun)}\n{more}";
    }

    private static string Headline(CopyResult result, bool isDryRun)
    {
        string what = string.Join(", ", Copied(result));
        string time = Amounts.Duration(result.Elapsed);
        if (what.Length == 0 && isDryRun)
            return result.IsComplete ? "Would copy nothing: all is there." : "Would copy nothing.";
        if (what.Length == 0)
            return result.IsComplete ? $"Nothing to copy: all is there ({time})." : $"Nothing copied ({time}).";
        if (isDryRun)
            return $"Would copy {what}: {Amounts.Bytes(result.BytesCopied)}.";

        double seconds = result.Elapsed.TotalSeconds;
        string speed = result.BytesCopied > 0 && seconds > 0 ? $", {Amounts.Speed(result.BytesCopied / seconds)}" : "";
        return $"Copied {what}: {Amounts.Bytes(result.BytesCopied)} in {time}{speed}.";
    }

    private static IEnumerable<string> Copied(CopyResult result)
    {
        if (result.FilesCopied > 0)
            yield return Amounts.Count(result.FilesCopied, "file");
        if (result.FoldersCreated > 0)
            yield return Amounts.Count(result.FoldersCreated, "folder");
        if (result.LinksCopied > 0)
            yield return Amounts.Count(result.LinksCopied, "link");
        if (result.HardLinksMade > 0)
            yield return Amounts.Count(result.HardLinksMade, "hard link");
        if (result.SpecialsCreated > 0)
            yield return Amounts.Count(result.SpecialsCreated, "special file");
    }

    private static string? More(CopyResult result, bool isDryRun)
    {
        List<string> parts = [];
        if (result.FilesUnchanged > 0)
            parts.Add($"{Amounts.Count(result.FilesUnchanged)} unchanged");
        if (result.EntriesSkipped > 0)
            parts.Add($"{Amounts.Count(result.EntriesSkipped)} left alone");
        if (result.EntriesDeleted > 0)
            parts.Add($"{Amounts.Count(result.EntriesDeleted)} {(isDryRun ? "to be deleted" : "deleted")}");
        if (result.Errors.Count > 0)
            parts.Add($"{Amounts.Count(result.Errors.Count)} failed");
        if (result.WorkersLost > 0)
            parts.Add($"{Amounts.Count(result.WorkersLost, "worker")} lost and replaced");
        if (result.IsStopped)
            parts.Add("given up");
        return parts.Count == 0 ? null : string.Join(", ", parts) + ".";
    }
}
