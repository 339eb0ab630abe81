namespace Multitasking.Children;

/// <summary>Tells on standard error what ended a worker that nobody awaits, in one write.</summary>
internal static class UnobservedFailure
{
    internal static void Print(string worker, Exception failure)
    {
        try
        {
            Console.Error.WriteLine($"{worker} failed:{Environment.NewLine}{failure}");
        }
        catch (Exception)
        {
            // The terminal is gone, the disk is full, the exception cannot describe itself: the worker's end is to be the failure, not this.
        }
    }
}
