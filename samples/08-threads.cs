#:project ../src/Multitasking/Multitasking.csproj

// Two threads of one process sing and dance at the same time.
// They are made, given their arguments and started as processes are, and the program waits for them likewise.

using Multitasking;

new ChildThread(Sing, args: [3]).Start();
new ChildThread(Dance, namedArgs: new Dictionary<string, object?> { ["num"] = 2 }).Start();

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
