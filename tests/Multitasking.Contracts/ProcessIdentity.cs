using System.Globalization;

namespace Multitasking.Contracts;

/// <summary>One process and no later one that got its number: the number, and when it started (proc(5), /proc/PID/stat).</summary>
/// <param name="Id">Its number.</param>
/// <param name="StartTime">When it started, in ticks since the system's own start.</param>
public readonly record struct ProcessIdentity(int Id, long StartTime)
{
    /// <summary>Whether it runs. A zombie does not: it has ended, and only its parent has not looked yet.</summary>
    public bool IsAlive => Stat.Read(Id) is { } stat && stat.StartTime == StartTime && stat.State is not ('Z' or 'X');

    /// <summary>Whether it is stopped (SIGSTOP).</summary>
    public bool IsStopped => Stat.Read(Id) is { State: 'T' } stat && stat.StartTime == StartTime;

    /// <summary>The process that has this number now.</summary>
    public static ProcessIdentity Of(int id) =>
        Find(id) ?? throw new InvalidOperationException($"There is no process {id}.");

    /// <summary>The process that has this number now, if any has.</summary>
    public static ProcessIdentity? Find(int id) => Stat.Read(id) is { } stat ? new ProcessIdentity(id, stat.StartTime) : null;

    /// <summary>A process that had this number and is gone: nobody starts at that time again.</summary>
    public static ProcessIdentity Ended(int id) => new(id, StartTime: 0);

    /// <summary>The children of a process, zombies too.</summary>
    public static IReadOnlyList<ProcessIdentity> ChildrenOf(int parent) =>
        [.. All().Where(id => Stat.Read(id)?.Parent == parent).Select(Find).OfType<ProcessIdentity>()];

    /// <summary>The time now, as <see cref="StartTime"/> counts it (proc(5), /proc/uptime, in hundredths of a second).</summary>
    public static long Now => (long)(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture) * 100);

    /// <summary>The processes that have a variable in the environment with which they were started.</summary>
    /// <param name="nameAndValue">The variable.</param>
    /// <param name="since">No process that was started before this time has it.</param>
    public static IReadOnlyList<ProcessIdentity> WithVariable(string nameAndValue, long since) =>
    [
        .. All().Select(Find).OfType<ProcessIdentity>()
            .Where(process => process.StartTime >= since && EnvironmentOf(process.Id).Split('\0').Contains(nameAndValue)),
    ];

    /// <inheritdoc/>
    public override string ToString()
    {
        try
        {
            string arguments = File.ReadAllText($"/proc/{Id}/cmdline").Replace('\0', ' ');
            return $"{Id} ({Stat.Read(Id)?.State}: {arguments})";
        }
        catch (IOException)
        {
            return $"{Id} (gone)";
        }
    }

    private static IEnumerable<int> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static string EnvironmentOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private readonly record struct Stat(char State, int Parent, long StartTime)
    {
        internal static Stat? Read(int id)
        {
            try
            {
                string line = File.ReadAllText($"/proc/{id}/stat");
                // The second field is the program's name in brackets, which may hold brackets and spaces itself.
                string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
                return new Stat(
                    fields[0][0],
                    int.Parse(fields[1], CultureInfo.InvariantCulture),
                    long.Parse(fields[19], CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
