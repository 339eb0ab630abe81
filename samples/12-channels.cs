#:project ../src/Multitasking/Multitasking.csproj

// Two processes write to one channel and the main process reads: messages of each come in order, and the loop ends when both are done.
// A pipe has two ends for a conversation.

using Multitasking;

using var channel = ProcessChannel.CreateBounded<string>(capacity: 10);
var writer = channel.Writer;
ChildProcess.Start(() => Tell("sing", writer));
ChildProcess.Start(() => Tell("dance", writer));
writer.Dispose(); // the main process does not write: the channel ends with its writers

await foreach (string line in channel.Reader.ReadAllAsync())
    Console.WriteLine(line);

var (here, there) = DuplexPipe.Create<int>();
ChildProcess.Start(() => Square(there));
there.Dispose();

foreach (int number in (int[])[3, 4, 5])
{
    here.Send(number);
    Console.WriteLine($"{number} squared is {here.Receive()}");
}
here.Dispose();

static void Tell(string what, ProcessChannelWriter<string> writer)
{
    for (int i = 1; i <= 3; i++)
        writer.Write($"{what} {i} of 3");
}

static async Task Square(DuplexPipeEnd<int> pipe)
{
    await foreach (int number in pipe.Reader.ReadAllAsync())
        pipe.Send(number * number);
}
