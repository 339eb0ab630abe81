#:project ../src/Multitasking/Multitasking.csproj

// The main thread waits for its threads before the program ends, but not for those that are daemons.
// Both threads here are, one from its making and one by a line of its own, and so the program ends without them.

using Multitasking;

var sing = new ChildThread(Sing, args: [10]) { IsDaemon = true };
var dance = new ChildThread(Dance, args: [10]);
dance.IsDaemon = true;

sing.Start();
dance.Start();

Thread.Sleep(1000);
Console.WriteLine("The main thread is done.");

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
