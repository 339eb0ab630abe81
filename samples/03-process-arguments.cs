#:project ../src/Multitasking/Multitasking.csproj

// A task gets its arguments by place, by name, or as the captured variables of a lambda.
// They are copied into the child, and checked as the compiler would before any process starts.

using Multitasking;

int laps = 2;

new ChildProcess(Sing, args: [3]).Start();
new ChildProcess(Dance, namedArgs: new Dictionary<string, object?> { ["num"] = 3 }).Start();
ChildProcess.Start(() => Run(laps));

static void Sing(int num)
{
    for (int i = 0; i < num; i++)
    {
        Console.WriteLine("sing...");
        Thread.Sleep(500);
    }
}

static void Dance(int num)
{
    for (int i = 0; i < num; i++)
    {
        Console.WriteLine("dance...");
        Thread.Sleep(500);
    }
}

static void Run(int num)
{
    for (int i = 0; i < num; i++)
    {
        Console.WriteLine("run...");
        Thread.Sleep(500);
    }
}
