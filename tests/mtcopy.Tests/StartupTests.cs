using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

/// <summary>A small copy pays for what it uses.</summary>
public sealed class StartupTests
{
    [Fact]
    public void Plain_copy_loads_neither_json_nor_what_paints_lines()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 9M /dev/zero | tr '\\0' x > src/film");
        using RunningCommand command = space.StartMtcopy("--bwlimit", "1M", "src", "dst");
        Until.True(() => Directory.Exists($"{space.Folder}/dst") && Directory.EnumerateFiles($"{space.Folder}/dst").Any(), () => "nothing is copied", Shell.Limit);
        string loaded = File.ReadAllText($"/proc/{command.Id}/maps");
        command.Kill();
        command.WaitForExit();
        Assert.DoesNotContain("System.Text.Json", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Spectre", loaded, StringComparison.Ordinal);
    }
}
