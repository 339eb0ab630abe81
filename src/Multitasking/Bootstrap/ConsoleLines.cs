namespace Multitasking.Bootstrap;

/// <summary>
/// Makes what a pool's worker prints come out in whole lines: workers share a terminal, a file or a pipe, and the system keeps apart only what is written at once.
/// </summary>
internal sealed class ConsoleLines : IDisposable
{
    private readonly LineWriter _output = new(1, Console.OutputEncoding);
    private readonly LineWriter _error = new(2, Console.OutputEncoding);

    private ConsoleLines()
    {
        Console.SetOut(_output);
        Console.SetError(_error);
    }

    internal static ConsoleLines Redirect() => new();

    /// <summary>Writes a line that was begun: a task's output is there before its answer.</summary>
    internal void Flush()
    {
        _output.Complete();
        _error.Complete();
    }

    public void Dispose() => Flush();
}
