using System.Globalization;
using Multitasking.Fuse.Client;
using Multitasking.Fuse.Interop;
using Multitasking.Fuse.Serving;
using Xunit;

namespace Multitasking.Fuse;

/// <summary>
/// A mounted file system in the memory of a server that is a process of its own. Gone with its server when it is disposed,
/// and when the test host is killed; requests that wait for an answer end with an error then.
/// </summary>
public sealed class FuseMount : IAsyncDisposable
{
    /// <summary>Stands for any name in <see cref="HoldAsync"/> and <see cref="FailAsync"/>.</summary>
    public const string AnyName = Rules.AnyName;

    private readonly ServerProcess _server;
    private readonly bool _ownsFolder;

    private FuseMount(ServerProcess server, string folder, bool ownsFolder)
    {
        _server = server;
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>The process that serves it.</summary>
    public int ServerId => _server.Id;

    /// <summary>The reason for which there is no such mount here; null where there is none.</summary>
    public static string? Missing =>
        LibC.EffectiveUser() != 0 ? "Needs root: only root may mount FUSE." : File.Exists("/dev/fuse") ? null : "Needs /dev/fuse.";

    /// <summary>The path of a name in it.</summary>
    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>Mounts an empty file system; the test is skipped where that cannot be.</summary>
    /// <param name="kind">What it can keep.</param>
    /// <param name="folder">An existing folder to mount it at; where none is given, one of its own.</param>
    public static async Task<FuseMount> StartAsync(FuseKind kind = FuseKind.Exact, string? folder = null)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        LeftMounts.RemoveDead();
        var mount = Begin(kind, folder);
        try
        {
            if (await mount._server.MountedAsync() is { } problem)
                Assert.Skip($"Needs to mount FUSE. {problem.ReplaceLineEndings(" ").Trim()}");
        }
        catch
        {
            await mount.DisposeAsync();
            throw;
        }
        return mount;
    }

    /// <summary>Mounts a file system with one file, on which one kind of operation never gets an answer.</summary>
    /// <remarks>A process that waits for it is not ended by SIGKILL until <see cref="ReleaseAsync"/> or the end of the mount.</remarks>
    public static async Task<FuseMount> NeverAnsweringAsync(FuseOperation operation = FuseOperation.Read, string name = "file")
    {
        var mount = await StartAsync();
        try
        {
            File.WriteAllText(mount.Path(name), "contents");
            await mount.HoldAsync(operation, name);
        }
        catch
        {
            await mount.DisposeAsync();
            throw;
        }
        return mount;
    }

    /// <summary>Holds the answers to an operation back from now on.</summary>
    public Task HoldAsync(FuseOperation operation, string name = AnyName) => _server.CommandAsync(Commands.Hold(operation, name));

    /// <summary>Lets one call of an operation fail from now on.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="number">The call, from 1.</param>
    /// <param name="error">The error that it gets.</param>
    /// <param name="name">The last part of the path that it is about; calls about others are not counted.</param>
    public Task FailAsync(FuseOperation operation, int number, FuseError error, string name = AnyName) =>
        _server.CommandAsync(Commands.Fail(operation, number, error, name));

    /// <summary>Answers all that was held back, and holds nothing any more.</summary>
    public Task ReleaseAsync() => _server.CommandAsync(Commands.Release);

    /// <summary>Waits until an operation is held back.</summary>
    /// <returns>The thread that waits for its answer: in <c>/proc</c>, a process is its first thread.</returns>
    public async Task<int> HeldAsync(FuseOperation operation = FuseOperation.Read, string name = "file")
    {
        string end = $" {operation} {name}";
        string line = await _server.LineAsync(line => line.StartsWith("held ", StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Kills the server. The mount is there until it is disposed, and every use of it an error.</summary>
    public void KillServer() => _server.Kill();

    /// <summary>Unmounts, and ends the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        LeftMounts.RemoveAt(Folder);
        if (_ownsFolder)
            Directory.Delete(Folder);
    }

    private static FuseMount Begin(FuseKind kind, string? folder)
    {
        string place = folder ?? Directory.CreateTempSubdirectory("multitasking-fuse-").FullName;
        return new FuseMount(ServerProcess.Start(place, kind), place, ownsFolder: folder is null);
    }
}
