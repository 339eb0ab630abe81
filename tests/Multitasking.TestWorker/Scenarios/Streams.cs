namespace Multitasking.TestWorker.Scenarios;

/// <summary>A child's standard streams are its parent's, and its failure is told there.</summary>
internal static class Streams
{
    internal static int ChildWrites(string[] arguments)
    {
        Console.Out.WriteLine("the parent, before");
        Run(new ChildProcess(static () =>
        {
            Console.Out.WriteLine("the child");
            Console.Out.Write("without an end of line");
            Console.Error.WriteLine("the child's error");
        }));
        Console.Out.WriteLine(", the parent, after");
        return 0;
    }

    internal static int ChildReads(string[] arguments)
    {
        Run(new ChildProcess(static () => Console.Out.WriteLine($"the child read {Console.In.ReadLine()}")));
        return 0;
    }

    internal static int ChildFails(string[] arguments)
    {
        var child = new ChildProcess(Fail, name: "dancer");
        Run(child);
        Console.Out.WriteLine($"{child.Id} ended with {child.ExitCode}");
        return 0;
    }

    internal static int ChildWithoutErrorsFails(string[] arguments)
    {
        var child = new ChildProcess(static () =>
        {
            _ = Native.Close(2);
            Fail();
        });
        Run(child);
        Console.Out.WriteLine($"{child.Id} ended with {child.ExitCode}: {child.Exception?.Message}");
        return 0;
    }

    internal static int AnsweringChildFails(string[] arguments)
    {
        try
        {
            ChildProcess.RunAsync(Fail).GetAwaiter().GetResult();
        }
        catch (RemoteException error)
        {
            Console.Out.WriteLine($"caught {error.Message}");
        }
        return 0;
    }

    internal static int ThreadFails(string[] arguments)
    {
        var thread = new ChildThread(Fail, name: "dancer");
        thread.Start();
        thread.Join();
        return 0;
    }

    internal static int ThreadWithoutErrorsFails(string[] arguments)
    {
        _ = Native.Close(2);
        ThreadFails(arguments);
        Console.Out.WriteLine("the program goes on");
        return 0;
    }

    private static void Run(ChildProcess child)
    {
        child.Start();
        child.Join();
    }

    private static void Fail() => throw new InvalidDataException("no music");
}
