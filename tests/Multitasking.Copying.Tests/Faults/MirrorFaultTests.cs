using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests.Faults;

/// <summary>A mirror of which any system call fails: what the source has stays, and what was not removed though it should be was reported.</summary>
[Collection("faults: the script is the whole process' own")]
public sealed class MirrorFaultTests : IDisposable
{
    private static readonly string[] s_wanted = ["keep", "inner/deep"];
    private static readonly string[] s_extra = ["extra", "inner/extra", "folder/inside/extra", "folder/extra"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_that_the_source_has_is_removed_when_any_call_of_a_mirror_fails(bool hasBackup)
    {
        using var space = new Workspace(inMemory: true);
        foreach (string name in s_wanted)
            Write(space, "src", name);
        foreach (SystemCall call in Enum.GetValues<SystemCall>())
        {
            await MirrorAsync(space, hasBackup, fault: null);
            int calls = FaultScript.CallsOf(call);
            for (int n = 1; n <= calls; n++)
                foreach (int error in (int[])[Errno.InputOutput, Errno.AccessDenied, Errno.NotFound])
                {
                    // An entry that the system says is not there is not there; and then nobody can know better.
                    if (error == Errno.NotFound && call == SystemCall.Status)
                        continue;
                    var fault = new ScriptedFault(call, n, -error);
                    IReadOnlyList<CopyError> errors = await MirrorAsync(space, hasBackup, fault);
                    string when = $"{fault}: {string.Join("; ", errors.Select(reported => $"{reported.Kind} {reported}"))}";
                    Assert.True(errors.Count <= 2, when);
                    foreach (string name in s_wanted)
                        Assert.True(Holds(space, "dst", name), $"{when}: {name} is gone");
                    foreach (string name in s_extra)
                    {
                        bool isLeft = File.Exists(space[$"dst/{name}"]);
                        Assert.True(!isLeft || errors.Count > 0, $"{when}: {name} is left without a word");
                        Assert.True(isLeft || !hasBackup || Holds(space, "backup", name), $"{when}: {name} is neither in its place nor in the backup");
                    }

                    FaultScript.Install(null);
                    CopyResult second = await RunAsync(space, hasBackup);
                    Assert.True(second.Errors.Count == 0, $"{when}; again: {string.Join("; ", second.Errors)}");
                    Assert.Equal(["deep", "inner", "keep"], Directory.EnumerateFileSystemEntries(space["dst"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
                }
        }
    }

    public void Dispose() => FaultScript.Install(null);

    private static void Write(Workspace space, string side, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(space[$"{side}/{name}"])!);
        File.WriteAllText(space[$"{side}/{name}"], name);
    }

    private static bool Holds(Workspace space, string side, string name) => File.Exists(space[$"{side}/{name}"]) && File.ReadAllText(space[$"{side}/{name}"]) == name;

    private static async Task<IReadOnlyList<CopyError>> MirrorAsync(Workspace space, bool hasBackup, ScriptedFault? fault)
    {
        FaultScript.Install(null);
        foreach (string side in (string[])["dst", "backup"])
            if (Directory.Exists(space[side]))
                Directory.Delete(space[side], recursive: true);
        foreach (string name in (string[])[.. s_wanted, .. s_extra])
            Write(space, "dst", name);
        FaultScript.Install(new FaultScript(fault is null ? [] : [fault]));
        try
        {
            return (await RunAsync(space, hasBackup)).Errors;
        }
        catch (CopyRefusedException refused)
        {
            return [refused.Error];
        }
    }

    private static Task<CopyResult> RunAsync(Workspace space, bool hasBackup) => FolderCopier.CopyAsync(
        space["src"],
        space["dst"],
        new CopyOptions { Workers = 1, Mirror = true, BackupFolder = hasBackup ? (FilePath)space["backup"] : default },
        cancellationToken: TestContext.Current.CancellationToken).WaitAsync(Shell.Limit);
}
