namespace Multitasking.TestWorker;

/// <summary>The test opens it by making the file.</summary>
internal static class FileGate
{
    internal static void Pass(string file)
    {
        while (!File.Exists(file))
            Thread.Sleep(2);
    }
}
