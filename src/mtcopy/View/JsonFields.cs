using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>The fields of the JSON objects, one way to write each.</summary>
internal static class JsonFields
{
    private static readonly string[] s_events = [.. Enum.GetNames<CopyEventKind>().Select(Words)];
    private static readonly string[] s_errors = [.. Enum.GetNames<CopyErrorKind>().Select(Words)];

    public static string Name(CopyEventKind kind) => s_events[(int)kind];

    public static string Name(CopyErrorKind kind) => s_errors[(int)kind];

    /// <summary><c>FileCopied</c> becomes <c>file_copied</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append('_');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>The path exactly, if it is UTF-8; else for people, and its bytes beside it.</summary>
    public static void WritePath(Utf8JsonWriter json, FilePath path)
    {
        if (Utf8.IsValid(path.Bytes))
        {
            json.WriteString("path", path.Bytes);
            return;
        }

        json.WriteString("path", path.ToString());
        json.WriteBase64String("path_b64", path.Bytes);
    }

    public static void WriteError(Utf8JsonWriter json, CopyError error)
    {
        json.WriteString("type", "error");
        json.WriteString("kind", Name(error.Kind));
        WritePath(json, error.Path);
        json.WriteString("reason", error.Reason);
        json.WriteNumber("errno", error.ErrorNumber);
        json.WriteNumber("attempt", error.Attempt);
    }

    public static void WriteProgress(Utf8JsonWriter json, in CopyProgress progress)
    {
        json.WriteString("type", "progress");
        json.WriteNumber("files_done", progress.FilesDone);
        json.WriteNumber("files_found", progress.FilesFound);
        json.WriteNumber("bytes_done", progress.BytesDone);
        json.WriteNumber("bytes_found", progress.BytesFound);
        json.WriteBoolean("total_known", progress.IsTotalKnown);
        json.WriteNumber("errors", progress.ErrorCount);
        json.WriteNumber("bytes_per_second", (long)progress.BytesPerSecond);
        WriteSeconds(json, "elapsed_seconds", progress.Elapsed);
        if (progress.TimeLeft is { } left)
            WriteSeconds(json, "seconds_left", left);
        json.WriteStartArray("current");
        foreach (FilePath path in progress.Current ?? [])
        {
            json.WriteStartObject();
            WritePath(json, path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteEnd(Utf8JsonWriter json, Ending ending)
    {
        json.WriteString("type", "end");
        json.WriteNumber("exit_code", (int)ending.Code);
        if (ending.Problem is { } problem)
            json.WriteString("reason", problem);
        if (ending.Result is not { } result)
        {
            json.WriteNumber("files_done", ending.Latest.FilesDone);
            json.WriteNumber("bytes_done", ending.Latest.BytesDone);
            json.WriteNumber("errors", ending.Latest.ErrorCount);
            return;
        }

        json.WriteNumber("files_copied", result.FilesCopied);
        json.WriteNumber("files_unchanged", result.FilesUnchanged);
        json.WriteNumber("folders_created", result.FoldersCreated);
        json.WriteNumber("links_copied", result.LinksCopied);
        json.WriteNumber("hard_links_made", result.HardLinksMade);
        json.WriteNumber("specials_created", result.SpecialsCreated);
        json.WriteNumber("entries_skipped", result.EntriesSkipped);
        json.WriteNumber("entries_deleted", result.EntriesDeleted);
        json.WriteNumber("bytes_copied", result.BytesCopied);
        json.WriteNumber("errors", result.Errors.Count);
        json.WriteNumber("workers_lost", result.WorkersLost);
        json.WriteBoolean("is_stopped", result.IsStopped);
        WriteSeconds(json, "elapsed_seconds", result.Elapsed);
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));
}
