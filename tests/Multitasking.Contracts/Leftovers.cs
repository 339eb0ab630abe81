using System.Diagnostics;

namespace Multitasking.Contracts;

/// <summary>
/// What a test must not leave behind in the process of the tests, and outside: processes (its own, zombies, and the children of those it started), descriptors, files.
/// Only for tests that run alone in their process.
/// </summary>
internal sealed class Leftovers
{
    // The runtime keeps them open: the code, and the symbols once a stack trace was printed.
    private static readonly string[] s_programFiles = [".dll", ".pdb"];

    private readonly TestMark _mark;
    private readonly Dictionary<string, string?> _variablesBefore = [];
    private readonly HashSet<ProcessIdentity> _childrenBefore;
    private readonly Dictionary<string, int> _descriptorsBefore;

    private Leftovers(TestMark mark)
    {
        _mark = mark;
        foreach ((string name, string value) in mark.Variables)
        {
            _variablesBefore[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
        _childrenBefore = [.. Children()];
        _descriptorsBefore = Descriptors();
    }

    /// <summary>Notes what there is now, and lets all that this process starts carry the mark.</summary>
    internal static async Task<Leftovers> WatchAsync(TestMark mark)
    {
        await s_warm.Value;
        return new Leftovers(mark);
    }

    /// <summary>What there is more than at the start, a line each.</summary>
    internal IEnumerable<string> Find() =>
    [
        .. Processes().Select(static process => $"process {process}"),
        .. Descriptors().Where(entry => entry.Value > _descriptorsBefore.GetValueOrDefault(entry.Key)).Select(static entry => $"descriptor of {entry.Key}"),
        .. _mark.Files(),
    ];

    /// <summary>Removes what is left.</summary>
    internal void Remove()
    {
        foreach ((string name, string? value) in _variablesBefore)
            Environment.SetEnvironmentVariable(name, value);
        _mark.Remove(Processes());
    }

    /// <summary>What the first child and the first <see cref="Process"/> bring into this process for good is nobody's leftover.</summary>
    private static readonly Lazy<Task> s_warm = new(async () =>
    {
        await ChildProcess.RunAsync(static () => { });
        await Console.Out.FlushAsync();
        await Console.Error.FlushAsync();
        using var process = Process.Start(new ProcessStartInfo("/bin/true") { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true })!;
        await process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Dispose();
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        await process.WaitForExitAsync();
    });

    private IEnumerable<ProcessIdentity> Processes() =>
        _mark.Processes()
            .Union(Children())
            .Except(_childrenBefore);

    private static IEnumerable<ProcessIdentity> Children() => NoChildLeft.Ids().Select(ProcessIdentity.Find).OfType<ProcessIdentity>();

    /// <summary>The open descriptors by what they stand for: <c>socket:[4711]</c> becomes <c>socket:</c>, for its number is never the same twice.</summary>
    private static Dictionary<string, int> Descriptors() =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
            .Select(static link => link.LinkTarget)
            .OfType<string>()
            .Where(static target => !s_programFiles.Contains(Path.GetExtension(target)))
            .CountBy(static target => target.Split('[')[0])
            .ToDictionary();
}
