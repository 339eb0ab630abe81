namespace Multitasking.Copying.Tests;

public sealed class ThreadCopierTests : FolderCopierContract
{
    protected override WorkerIsolation Isolation => WorkerIsolation.Threads;
}
