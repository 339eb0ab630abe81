#:project ../src/Multitasking/Multitasking.csproj

// Five threads start in order, sleep equally long, and wake in whatever order the scheduler chooses.
// Each then prints itself: its name, its state and its id.

using Multitasking;

for (int i = 0; i < 5; i++)
    new ChildThread(Task).Start();

static void Task()
{
    Thread.Sleep(500);
    Console.WriteLine(ChildThread.Current);
}
