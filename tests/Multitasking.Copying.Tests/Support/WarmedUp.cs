namespace Multitasking.Copying.Tests.Support;

/// <summary>
/// One copy of each kind before the first test: what the runtime and the library open once for the whole life of a process is no leak.
/// </summary>
public sealed class WarmedUp : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        string folder = Directory.CreateTempSubdirectory("copying-warm-up-").FullName;
        Shell.Run(folder, "mkdir src; echo x > src/file; mkfifo src/fifo");
        foreach (WorkerIsolation isolation in Enum.GetValues<WorkerIsolation>())
            await new TestCopier(new CopyOptions { Isolation = isolation }).CopyAsync($"{folder}/src", $"{folder}/{isolation}", new Progress<CopyProgress>());
        Directory.Delete(folder, recursive: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
