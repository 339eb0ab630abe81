namespace Multitasking.Copying.Tests;

public sealed class ProcessCopierTests : FolderCopierContract
{
    protected override WorkerIsolation Isolation => WorkerIsolation.Processes;
}
