using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests.Faults;

/// <summary>A move of which any system call fails: each file is whole on one side at least, and the next run moves what is left.</summary>
[Collection("faults: the script is the whole process' own")]
public sealed class MoveFaultTests : IDisposable
{
    private static readonly Dictionary<string, string> s_files = new()
    {
        ["small"] = "small",
        ["large"] = new string('x', 300_000),
        ["inner/deep"] = "deep",
        ["inner/deeper/deepest"] = "deepest",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_when_any_call_of_a_move_fails(bool hasExisting)
    {
        using var space = new Workspace(inMemory: true);
        foreach (SystemCall call in Enum.GetValues<SystemCall>())
        {
            await MoveAsync(space, hasExisting, fault: null);
            int calls = FaultScript.CallsOf(call);
            for (int n = 1; n <= calls; n++)
            {
                var fault = new ScriptedFault(call, n, -Errno.InputOutput);
                IReadOnlyList<CopyError> errors = await MoveAsync(space, hasExisting, fault);
                string when = $"{fault}: {string.Join("; ", errors.Select(error => $"{error.Kind} {error}"))}";
                Assert.True(errors.Count <= 1, when);
                foreach ((string name, string contents) in s_files)
                    Assert.True(Holds(space[$"src/{name}"], contents) || Holds(space[$"dst/{name}"], contents), $"{when}: {name} is lost");
                Assert.True(new FileInfo(space["src/link"]).LinkTarget == "small" || new FileInfo(space["dst/link"]).LinkTarget == "small", $"{when}: the link is lost");
                FaultScript.Install(null);
                if (Directory.Exists(space["src"]))
                    Assert.Empty((await RunAsync(space)).Errors);
                foreach ((string name, string contents) in s_files)
                    Assert.True(Holds(space[$"dst/{name}"], contents), $"{when}: {name} is not moved by the next run");
                Assert.False(Directory.Exists(space["src"]) && Directory.EnumerateFiles(space["src"], "*", SearchOption.AllDirectories).Any(), $"{when}: something is left in the source");
            }
        }
    }

    public void Dispose() => FaultScript.Install(null);

    private static bool Holds(string path, string contents) => File.Exists(path) && File.ReadAllText(path) == contents;

    private static async Task<IReadOnlyList<CopyError>> MoveAsync(Workspace space, bool hasExisting, ScriptedFault? fault)
    {
        FaultScript.Install(null);
        foreach (string side in (string[])["src", "dst"])
            if (Directory.Exists(space[side]))
                Directory.Delete(space[side], recursive: true);
        Directory.CreateDirectory(space["src/inner/deeper"]);
        File.CreateSymbolicLink(space["src/link"], "small");
        foreach ((string name, string contents) in s_files)
            File.WriteAllText(space[$"src/{name}"], contents);
        if (hasExisting)
        {
            // What has an existing file is copied and then removed; the rest is renamed.
            Directory.CreateDirectory(space["dst/inner"]);
            File.WriteAllText(space["dst/small"], "much older");
            File.WriteAllText(space["dst/large"], "much older");
            File.WriteAllText(space["dst/inner/deep"], "much older");
        }

        FaultScript.Install(new FaultScript(fault is null ? [] : [fault]));
        try
        {
            return (await RunAsync(space)).Errors;
        }
        catch (CopyRefusedException refused)
        {
            return [refused.Error];
        }
    }

    private static Task<CopyResult> RunAsync(Workspace space) => FolderCopier.CopyAsync(
        space["src"], space["dst"], new CopyOptions { Workers = 1, Move = true }, cancellationToken: TestContext.Current.CancellationToken).WaitAsync(Shell.Limit);
}
