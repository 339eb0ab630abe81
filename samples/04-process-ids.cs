#:project ../src/Multitasking/Multitasking.csproj

// Every process has a number of its own and knows that of the process which started it.
// So the main process and its children can be told apart: both children name the same parent.

using Multitasking;

Console.WriteLine($"main pid: {Environment.ProcessId}");

new ChildProcess(Sing, args: [3]).Start();
new ChildProcess(Dance, namedArgs: new Dictionary<string, object?> { ["num"] = 3 }).Start();

static void Sing(int num)
{
    Console.WriteLine($"sing pid: {Environment.ProcessId}");
    Console.WriteLine($"sing ppid: {ChildProcess.ParentId}");
    for (int i = 0; i < num; i++)
    {
        Console.WriteLine("sing...");
        Thread.Sleep(500);
    }
}

static void Dance(int num)
{
    Console.WriteLine($"dance pid: {Environment.ProcessId}");
    Console.WriteLine($"dance ppid: {ChildProcess.ParentId}");
    for (int i = 0; i < num; i++)
    {
        Console.WriteLine("dance...");
        Thread.Sleep(500);
    }
}
