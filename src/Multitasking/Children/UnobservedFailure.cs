using Multitasking.Invocation;

namespace Multitasking.Children;

/// <summary>Tells on standard error what ended a worker that nobody awaits, in one write.</summary>
internal static class UnobservedFailure
{
    internal static void Print(string worker, Exception failure)
    {
        try
        {
            Console.Error.WriteLine($"{worker} failed:{Environment.NewLine}{FailureCodec.Describe(failure)}");
        }
        catch (Exception)
        {
            // The terminal is gone, the disk is full: the worker's end is to be the failure, not this.
        }
    }
}
