#:project ../src/Multitasking/Multitasking.csproj

// The main process reaches its last line at once, and still the program lives until both children are done.
// Nothing here says so, no Join and no loop: waiting for its children is what a main process does.

using Multitasking;

new ChildProcess(Work, args: [3], name: "short").Start();
new ChildProcess(Work, args: [6], name: "long").Start();

Console.WriteLine("The main process has nothing more to do.");

static void Work(int num)
{
    for (int i = 1; i <= num; i++)
    {
        Thread.Sleep(200);
        Console.WriteLine($"{ChildProcess.Current.Name}: working, {i} of {num}...");
    }
}
