#:project ../src/Multitasking/Multitasking.csproj

// A daemon must not keep the main process alive: when that ends, the child ends in the middle of its work.
// It has ten turns to do, and gets as far as one second allows.

using Multitasking;

var worker = new ChildProcess(Work) { IsDaemon = true };
worker.Start();

Thread.Sleep(1000);
Console.WriteLine("The main program is done.");

static void Work()
{
    for (int i = 0; i < 10; i++)
    {
        Console.WriteLine("working...");
        Thread.Sleep(200);
    }
}
