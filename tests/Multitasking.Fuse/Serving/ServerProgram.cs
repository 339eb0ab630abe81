using System.Runtime.InteropServices;

namespace Multitasking.Fuse.Serving;

/// <summary>
/// The server's process. Lines on its standard input are commands, each answered by "ok" (<see cref="Commands"/>);
/// it ends, and unmounts, when they end, on SIGTERM and SIGINT, and after a limit of time whatever happens.
/// </summary>
internal static class ServerProgram
{
    /// <summary>No test takes so long; a server whose test host hangs does not stay.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    internal const int CannotMount = 3;

    internal static int Run(string folder, FuseKind kind)
    {
        Connection connection;
        try
        {
            connection = Connection.Mount(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return CannotMount;
        }
        // The end of the process closes the device, which ends every wait for an answer.
        using var limit = new Timer(_ => End(connection), null, s_limit, Timeout.InfiniteTimeSpan);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => End(connection));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => End(connection));
        var server = new Server(connection, kind)
        {
            Held = static (process, operation, name) => Console.WriteLine($"held {process} {operation} {name}"),
        };
        var serving = new Thread(server.Run) { Name = "serving", IsBackground = true };
        serving.Start();
        Console.WriteLine("mounted");
        Commands.Follow(Console.In, Console.Out, server);
        connection.Unmount();
        return 0;
    }

    private static void End(Connection connection)
    {
        connection.Unmount();
        Environment.Exit(0);
    }
}
