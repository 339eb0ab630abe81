using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What the command says at the end: a line, and a second one where there is more to say.</summary>
internal static class Summary
{
    /// <summary>The text, without a newline at its end.</summary>
    public static string Compose(CopyResult result)
    {
        string? more = More(result);
        return more is null ? Headline(result) : $"{Headline(result)}\n{more}";
    }

    private static string Headline(CopyResult result)
    {
        string what = string.Join(", ", Copied(result));
        string time = Amounts.Duration(result.Elapsed);
        if (what.Length == 0)
            return result.IsComplete ? $"Nothing to copy: all is there ({time})." : $"Nothing copied ({time}).";

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
    }

    private static string? More(CopyResult result)
    {
        List<string> parts = [];
        if (result.FilesUnchanged > 0)
            parts.Add($"{Amounts.Count(result.FilesUnchanged)} unchanged");
        if (result.Errors.Count > 0)
            parts.Add($"{Amounts.Count(result.Errors.Count)} failed");
        if (result.WorkersLost > 0)
            parts.Add($"{Amounts.Count(result.WorkersLost, "worker")} lost and replaced");
        return parts.Count == 0 ? null : string.Join(", ", parts) + ".";
    }
}
