using System.Text.Json;
using Mtcopy.CommandLine;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>The options of a copy as a JSON object, all of them, so that a log says how a copy was made.</summary>
internal static class JsonOptions
{
    public static void Write(Utf8JsonWriter json, CopyRequest request)
    {
        CopyOptions options = request.Options;
        json.WriteStartObject("options");
        json.WriteNumber("workers", options.Workers);
        json.WriteString("isolation", JsonFields.Words(options.Isolation.ToString()));
        json.WriteStartArray("preserve");
        foreach (CopyPreserve kept in Enum.GetValues<CopyPreserve>())
            if (System.Numerics.BitOperations.PopCount((uint)kept) == 1 && options.Preserve.HasFlag(kept))
                json.WriteStringValue(JsonFields.Words(kept.ToString()));
        json.WriteEndArray();
        json.WriteString("symbolic_links", JsonFields.Words(options.SymbolicLinks.ToString()));
        json.WriteBoolean("one_file_system", options.OneFileSystem);
        json.WriteString("sparse", JsonFields.Words(options.Sparse.ToString()));
        json.WriteString("reflink", JsonFields.Words(options.Reflink.ToString()));
        json.WriteString("update", JsonFields.Words(options.Update.ToString()));
        json.WriteBoolean("compare_contents", options.CompareContents);
        json.WriteString("writing", JsonFields.Words(options.Writing.ToString()));
        json.WriteBoolean("filter", options.Filter is not null);
        json.WriteBoolean("mirror", options.Mirror);
        json.WriteBoolean("allow_empty_source", options.AllowEmptySource);
        if (options.MaxDeletions is { } deletions)
            json.WriteNumber("max_deletions", deletions);
        if (!options.BackupFolder.IsEmpty)
        {
            json.WriteStartObject("backup_folder");
            JsonFields.WritePath(json, options.BackupFolder);
            json.WriteEndObject();
        }

        json.WriteBoolean("move", options.Move);
        json.WriteBoolean("dry_run", options.DryRun);
        json.WriteNumber("bytes_per_second", options.BytesPerSecond);
        json.WriteBoolean("verify", options.Verify);
        if (options.StallTimeout is { } timeout)
            json.WriteNumber("stall_timeout_seconds", timeout.TotalSeconds);
        json.WriteNumber("retries", request.Output.Retries);
        json.WriteNumber("retry_wait_seconds", request.Output.RetryWait.TotalSeconds);
        if (request.Output.MaxErrors is { } errors)
            json.WriteNumber("max_errors", errors);
        json.WriteEndObject();
    }
}
