namespace Multitasking.Copying.Tests.Support;

/// <summary>A folder for one test. At the end nothing that the test started or opened may be left.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly int _descriptors = OwnProcess.Descriptors().Count;

    /// <param name="inMemory">For tests with so many files that a disk would take long; it is one where there is nothing else.</param>
    public Workspace(bool inMemory = false)
    {
        Folder = inMemory && Directory.Exists("/dev/shm") ? $"/dev/shm/copying-test-{Guid.NewGuid():N}" : Directory.CreateTempSubdirectory("copying-test-").FullName;
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    /// <summary>The path of something in the folder.</summary>
    public string this[string name] => $"{Folder}/{name}";

    /// <summary>Runs a line of bash that has to succeed, in the folder.</summary>
    public string Bash(string script) => Shell.Run(Folder, script);

    /// <summary>Asserts that two trees hold the same names, types and contents, and the same of what else is to be kept.</summary>
    public void AssertSame(string one, string other, CopyPreserve what = CopyPreserve.Default) => Listing.AssertSame(Path.Combine(Folder, one), Path.Combine(Folder, other), what);

    /// <summary>Asserts that what is in <paramref name="part"/> is complete, and under a name that <paramref name="whole"/> has.</summary>
    public void AssertPartOf(string part, string whole)
    {
        AssertNoTemporary(part);
        string differences = Bash($"diff -r --no-dereference -q {part} {whole} || true");
        Assert.DoesNotContain(differences.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.StartsWith($"Only in {whole}", StringComparison.Ordinal));
    }

    /// <summary>Inode, change time and so on of everything: it stays the same only where nobody wrote.</summary>
    public string Inodes(string name) => Bash($"find {name} -printf '%p %i %C@ %T@ %m\\n' | sort");

    public void AssertNoTemporary(string name) => Assert.Equal("", Bash($"if [ -e {name} ]; then find {name} -name '.mtcopy-*'; fi"));

    public static void AssertNoChild() => Assert.Empty(OwnProcess.Children());

    public void Dispose()
    {
        AssertNoChild();
        Until.True(() => OwnProcess.Descriptors().Count <= _descriptors, () => $"open: {string.Join(", ", OwnProcess.Descriptors())}");
        Shell.Run("/", $"chmod -R u+rwx {Folder} || true; rm -rf {Folder}");
    }
}
