using System.Diagnostics;
using Xunit;

namespace Multitasking.Contracts;

/// <summary>
/// What a test must not leave behind: processes (its own, zombies, and the children of those it started), descriptors, files.
/// Made at the start of a test, asked at its end. Only for tests that run alone in their process.
/// </summary>
public sealed class Leftovers
{
    private const string MarkName = "MULTITASKING_TEST";
    private const string TemporaryFolderName = "TMPDIR";

    // The runtime keeps them open: the code, and the symbols once a stack trace was printed.
    private static readonly string[] s_programFiles = [".dll", ".pdb"];

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly string? _temporaryFolderBefore = Environment.GetEnvironmentVariable(TemporaryFolderName);
    private readonly HashSet<ProcessIdentity> _childrenBefore;
    private readonly Dictionary<string, int> _descriptorsBefore;
    private readonly HashSet<string> _sharedFilesBefore;

    private Leftovers()
    {
        Folder = Directory.CreateTempSubdirectory("mt-").FullName;
        Directory.CreateDirectory(TemporaryFolder);
        Environment.SetEnvironmentVariable(MarkName, _mark);
        Environment.SetEnvironmentVariable(TemporaryFolderName, TemporaryFolder);
        _childrenBefore = [.. ProcessIdentity.ChildrenOf(Environment.ProcessId)];
        _descriptorsBefore = Descriptors();
        _sharedFilesBefore = [.. SharedFiles()];
    }

    /// <summary>A folder for the test's own files, removed at its end.</summary>
    public string Folder { get; }

    /// <summary>Where everything that the test starts puts its temporary files.</summary>
    private string TemporaryFolder => Path.Combine(Folder, "tmp");

    /// <summary>Notes what there is now.</summary>
    public static async Task<Leftovers> WatchAsync()
    {
        await s_warm.Value;
        return new Leftovers();
    }

    /// <summary>Fails the test when there is more than at its start, and removes what it left in any case.</summary>
    public async Task AssertNoneAsync()
    {
        try
        {
            if (!await Until.ComesTrueAsync(() => Find().Count == 0, TimeSpan.FromSeconds(5)))
                Assert.Fail($"The test left behind:{Environment.NewLine}{string.Join(Environment.NewLine, Find())}");
        }
        finally
        {
            foreach (var process in Processes())
                End(process);
            Environment.SetEnvironmentVariable(MarkName, null);
            Environment.SetEnvironmentVariable(TemporaryFolderName, _temporaryFolderBefore);
            Directory.Delete(Folder, recursive: true);
        }
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

    private List<string> Find() =>
    [
        .. Processes().Select(static process => $"process {process}"),
        .. Descriptors().Where(entry => entry.Value > _descriptorsBefore.GetValueOrDefault(entry.Key)).Select(static entry => $"descriptor of {entry.Key}"),
        .. SharedFiles().Where(file => !_sharedFilesBefore.Contains(file)),
        .. Directory.EnumerateFileSystemEntries(TemporaryFolder),
    ];

    private IEnumerable<ProcessIdentity> Processes() =>
        ProcessIdentity.WithVariable($"{MarkName}={_mark}")
            .Union(ProcessIdentity.ChildrenOf(Environment.ProcessId))
            .Except(_childrenBefore);

    private static void End(ProcessIdentity identity)
    {
        try
        {
            using var process = Process.GetProcessById(identity.Id);
            if (identity.IsAlive)
                process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended in the meantime.
        }
    }

    /// <summary>The open descriptors by what they stand for: <c>socket:[4711]</c> becomes <c>socket:</c>, for its number is never the same twice.</summary>
    private static Dictionary<string, int> Descriptors() =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
            .Select(static link => link.LinkTarget)
            .OfType<string>()
            .Where(static target => !s_programFiles.Contains(Path.GetExtension(target)))
            .CountBy(static target => target.Split('[')[0])
            .ToDictionary();

    /// <summary>Shared memory has no folders; what stands in one there is somebody's files.</summary>
    private static IEnumerable<string> SharedFiles() => Directory.EnumerateFiles("/dev/shm");
}
