using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Mtcopy.Tests.Running;
using Multitasking.Copying;

namespace Mtcopy.Tests;

public sealed class JsonTests
{
    [Fact]
    public void Objects_tell_start_events_errors_and_end()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; echo x > src/a/x; mkfifo src/pipe; ln -s x src/link");
        CommandResult result = space.Mtcopy("--json", "--retries", "1", "src", "dst").ExitsWith(1);
        JsonElement[] all = Objects(result);

        Assert.Equal("start", Text(all[0], "type"));
        Assert.Equal("src", Text(all[0].GetProperty("sources")[0], "path"));
        Assert.Equal("dst", Text(all[0].GetProperty("destination"), "path"));
        Assert.Equal(1, all[0].GetProperty("options").GetProperty("retries").GetInt32());
        Assert.Equal(
            ["file_copied src/a/x 2", "folder_created src 0", "folder_created src/a 0", "link_copied src/link 0"],
            all.Where(static one => Text(one, "type") == "event").Select(static one => $"{Text(one, "kind")} {Text(one, "path")} {one.GetProperty("bytes")}").Order(StringComparer.Ordinal));
        JsonElement error = Assert.Single(all, static one => Text(one, "type") == "error");
        Assert.Equal(("unsupported_type", "src/pipe", 0), (Text(error, "kind"), Text(error, "path"), error.GetProperty("errno").GetInt32()));
        Assert.Equal(("end", 1, 1, 1), (Text(all[^1], "type"), all[^1].GetProperty("exit_code").GetInt32(), all[^1].GetProperty("files_copied").GetInt32(), all[^1].GetProperty("errors").GetInt32()));
    }

    [Fact]
    public void Names_are_exact_whatever_their_bytes()
    {
        using var space = new Workspace();
        byte[][] names = [[.. "src/"u8, 0xFF, (byte)'\n'], [.. "src/Übung \"\\ \u202E"u8, 27], [.. "src/日本語🎬"u8]];
        space.Bash("mkdir src");
        foreach (byte[] name in names)
            space.Bash($"echo x > {ShellQuoting.Quote(new FilePath(name))}");
        CommandResult result = space.Mtcopy("--json", "src", "dst").ExitsWith(0);
        Assert.All(result.Output.Split('\n'), static line => Assert.DoesNotContain(line, static shown => char.IsControl(shown) || shown == '\u202E'));
        Assert.Equal(
            names.Select(Convert.ToHexString).Order(StringComparer.Ordinal),
            Objects(result).Where(static one => Text(one, "kind") == "file_copied").Select(static one => Convert.ToHexString(Bytes(one))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Refusal_is_an_error_and_an_end()
    {
        using var space = new Workspace();
        JsonElement[] all = Objects(space.Mtcopy("--json", "nowhere", "dst").ExitsWith(3));
        Assert.Equal(["start", "error", "end"], all.Select(static one => Text(one, "type")));
        Assert.Equal(("source_missing", 2), (Text(all[1], "kind"), all[1].GetProperty("errno").GetInt32()));
        Assert.Equal(3, all[2].GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public void Interrupt_is_told_with_how_far_it_came_and_progress_before_it()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 9M /dev/zero | tr '\\0' x > src/film");
        using RunningCommand command = space.Start("exec env --default-signal=INT $MTCOPY --json --bwlimit 1M src dst > out");
        string output = $"{space.Folder}/out";
        Until.True(() => File.Exists(output) && File.ReadAllText(output).Contains("\"progress\"", StringComparison.Ordinal), () => "no progress", Shell.Limit);
        command.Send(PosixSignal.SIGINT);
        command.WaitForExit().ExitsWith(130);
        JsonElement[] all = [.. File.ReadLines($"{space.Folder}/out").Select(static line => JsonDocument.Parse(line).RootElement)];
        JsonElement progress = all.First(static one => Text(one, "type") == "progress");
        Assert.Equal((1, 9 << 20), (progress.GetProperty("files_found").GetInt32(), progress.GetProperty("bytes_found").GetInt32()));
        Assert.Equal("src/film", Text(progress.GetProperty("current")[0], "path"));
        Assert.Equal(("end", 130), (Text(all[^1], "type"), all[^1].GetProperty("exit_code").GetInt32()));
    }

    [Fact]
    public void Copy_is_complete_when_the_reader_goes_away()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir src; seq 2000 | split -l 1 -a 4 - src/");
        Assert.Equal("code 0\n", space.MtcopyIn("{ $MTCOPY --json src dst; echo code $? > code; } | head -n 1 > /dev/null; cat code").Output);
        Tree.AssertSame(space, "src", "dst");
    }

    [Fact]
    public void Every_option_of_a_copy_is_told()
    {
        using var space = new Workspace();
        space.Bash("mkdir src");
        JsonElement options = Objects(space.Mtcopy("--json", "--isolation", "processes", "--timeout", "9s", "--mirror", "--max-delete", "3", "--backup-dir", "old", "src", "dst").ExitsWith(0))[0].GetProperty("options");

        // The rest is no choice of the user's, or has another name.
        string[] others = [nameof(CopyOptions.OnError), nameof(CopyOptions.Pause), nameof(CopyOptions.CountAhead), nameof(CopyOptions.StallTimeout), nameof(CopyOptions.RetryWait)];
        foreach (System.Reflection.PropertyInfo option in typeof(CopyOptions).GetProperties())
            if (!others.Contains(option.Name))
                Assert.True(options.TryGetProperty(Mtcopy.View.JsonFields.Words(option.Name), out _), $"{option.Name} is not told");
        Assert.Equal(9, options.GetProperty("stall_timeout_seconds").GetDouble());
    }

    private static JsonElement[] Objects(CommandResult result)
    {
        Assert.EndsWith("}\n", result.Output, StringComparison.Ordinal);
        return [.. result.Output.TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement)];
    }

    private static byte[] Bytes(JsonElement one) =>
        one.TryGetProperty("path_b64", out JsonElement bytes) ? bytes.GetBytesFromBase64() : Encoding.UTF8.GetBytes(Text(one, "path")!);

    private static string? Text(JsonElement one, string name) => one.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
