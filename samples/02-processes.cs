#:project ../src/Multitasking/Multitasking.csproj

// Two processes do two things at the same time: one sings while the other dances.
// The program only makes and starts them; it waits for both by itself before it ends.

using Multitasking;

var sing = new ChildProcess(Sing);
var dance = new ChildProcess(Dance);

sing.Start();
dance.Start();

static void Sing()
{
    for (int i = 0; i < 3; i++)
    {
        Console.WriteLine("sing...");
        Thread.Sleep(500);
    }
}

static void Dance()
{
    for (int i = 0; i < 3; i++)
    {
        Console.WriteLine("dance...");
        Thread.Sleep(500);
    }
}
