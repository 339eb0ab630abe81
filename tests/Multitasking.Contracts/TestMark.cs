using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace Multitasking.Contracts;

/// <summary>
/// A test's own folder, and its mark in the environment of all that it starts: by this its processes and their temporary files are found,
/// whoever started them, and told from those of a test beside it.
/// </summary>
public sealed class TestMark
{
    private const string MarkName = "MULTITASKING_TEST";
    private const string TemporaryFolderName = "TMPDIR";

    private static readonly ConcurrentDictionary<string, TestMark> s_ofTests = new();

    private readonly string _value = Guid.NewGuid().ToString("N");
    private readonly long _since = ProcessIdentity.Now;
    private readonly HashSet<string> _sharedFilesBefore = [.. SharedFiles()];

    /// <summary>Makes the folder.</summary>
    public TestMark()
    {
        Folder = Directory.CreateTempSubdirectory("mt-").FullName;
        Directory.CreateDirectory(TemporaryFolder);
    }

    /// <summary>The mark of the test that runs here, if what it starts by <see cref="OtherParent"/> shall carry one.</summary>
    public static TestMark? OfTest => TestContext.Current.Test is { } test ? s_ofTests.GetValueOrDefault(test.UniqueID) : null;

    /// <summary>A folder for the test's own files, removed at its end.</summary>
    public string Folder { get; }

    /// <summary>Where everything that carries the mark puts its temporary files.</summary>
    public string TemporaryFolder => Path.Combine(Folder, "tmp");

    /// <summary>What a process that carries it has in its environment.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        [MarkName] = _value,
        [TemporaryFolderName] = TemporaryFolder,
    };

    /// <summary>Gives it to all that the test that runs here starts.</summary>
    public void Give() => s_ofTests[TestContext.Current.Test!.UniqueID] = this;

    /// <summary>The processes that carry it, zombies not among them.</summary>
    public IEnumerable<ProcessIdentity> Processes() => ProcessIdentity.WithVariable($"{MarkName}={_value}", _since);

    /// <summary>The files that are left: in the temporary folder, and all new ones of shared memory, which has no folders.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFileSystemEntries(TemporaryFolder).Concat(SharedFiles().Where(file => !_sharedFilesBefore.Contains(file)));

    /// <summary>Ends processes that a test left, and removes its folder.</summary>
    /// <param name="processes">The processes.</param>
    public void Remove(IEnumerable<ProcessIdentity> processes)
    {
        foreach (var process in processes)
            End(process);
        if (TestContext.Current.Test is { } test)
            s_ofTests.TryRemove(test.UniqueID, out _);
        Directory.Delete(Folder, recursive: true);
    }

    // What stands in a folder there is somebody else's.
    private static IEnumerable<string> SharedFiles() => Directory.EnumerateFiles("/dev/shm");

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
}
