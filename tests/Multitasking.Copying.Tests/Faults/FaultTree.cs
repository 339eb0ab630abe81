using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests.Faults;

/// <summary>A tree so small that a copy of it takes a millisecond, with a bit of everything; what is in its copy is looked at without a shell.</summary>
internal sealed class FaultTree
{
    private static readonly string[] s_folders = ["", "inner"];
    private static readonly string[] s_files = ["small", "other", "twin", "large", "inner/deep"];

    private readonly Workspace _space;
    private readonly bool _hasExisting;
    private readonly Dictionary<string, byte[]> _contents = [];
    private readonly Dictionary<string, byte[]> _old = [];

    internal FaultTree(Workspace space, bool hasExisting)
    {
        _space = space;
        _hasExisting = hasExisting;
        space.Bash("""
            mkdir -p src/inner; echo small > src/small; seq 1000 > src/other; ln src/other src/twin; head -c 600007 /dev/urandom > src/large; seq 300 > src/inner/deep; ln -s small src/link
            chmod 640 src/small; chmod 750 src/inner; setfattr -n user.note -v x src/small 2> /dev/null || true
            touch -h -d '2001-02-03 04:05:06.7' src/* src/inner/deep; touch -d '2002-03-04 05:06:07.8' src/inner; touch -d '2003-04-05 06:07:08.9' src
            """);
        foreach (string file in s_files)
        {
            _contents[file] = File.ReadAllBytes(Source(file));
            _old[file] = System.Text.Encoding.ASCII.GetBytes($"old {file}");
        }

        Reset();
    }

    internal string Folder => _space["src"];

    internal string Copy => _space["dst"];

    internal string Source(string name) => name.Length == 0 ? Folder : $"{Folder}/{name}";

    internal string Target(string name) => name.Length == 0 ? Copy : $"{Copy}/{name}";

    /// <summary>Puts the destination back to how it is before a copy.</summary>
    internal void Reset()
    {
        if (Directory.Exists(Copy))
            Directory.Delete(Copy, recursive: true);
        if (!_hasExisting)
            return;
        Directory.CreateDirectory(Target("inner"));
        foreach (string file in s_files)
            File.WriteAllBytes(Target(file), _old[file]);
        File.CreateSymbolicLink(Target("link"), "old");
    }

    /// <summary>Puts back a file of the source that vanished.</summary>
    internal void Restore(string name)
    {
        DateTime folder = Directory.GetLastWriteTimeUtc(Folder);
        if (!File.Exists(Source(name)))
        {
            File.WriteAllBytes(Source(name), _contents[name]);
            File.SetLastWriteTimeUtc(Source(name), File.GetLastWriteTimeUtc(Source("other")));
        }

        Directory.SetLastWriteTimeUtc(Folder, folder);
    }

    /// <summary>
    /// Asserts what holds after any copy: each entry is right, or was reported and is then what it was before, whole, or not there. Nothing is there that does not belong.
    /// </summary>
    /// <param name="reported">The paths of the errors.</param>
    /// <param name="when">What happened, for the message.</param>
    internal void AssertRightOrReported(IReadOnlyList<string> reported, string when)
    {
        foreach (string folder in s_folders)
            if (!IsRightFolder(folder) && !IsReported(Source(folder), reported))
                Assert.Fail($"{when}: folder '{folder}' is not right and not reported");
        foreach (string file in s_files)
        {
            if (File.Exists(Target(file)))
            {
                byte[] contents = File.ReadAllBytes(Target(file));
                if (!contents.AsSpan().SequenceEqual(_contents[file]) && !(_hasExisting && contents.AsSpan().SequenceEqual(_old[file])))
                    Assert.Fail($"{when}: '{file}' is neither the new nor the old one: {contents.Length} bytes");
            }
            else if (_hasExisting)
            {
                Assert.Fail($"{when}: the existing '{file}' is lost");
            }

            if (!IsRightFile(file) && !IsReported(Source(file), reported))
                Assert.Fail($"{when}: '{file}' is not right and not reported");
        }

        string? link = new FileInfo(Target("link")).LinkTarget;
        if (link is not "small" && !IsReported(Source("link"), reported))
            Assert.Fail($"{when}: the link leads to '{link}'");
        if (Directory.Exists(Copy) && Directory.EnumerateFileSystemEntries(Copy, ".*", SearchOption.AllDirectories).Any())
            Assert.Fail($"{when}: a temporary file is left");
    }

    private static bool IsReported(string path, IReadOnlyList<string> reported) =>
        reported.Any(error => path == error || path.StartsWith($"{error}/", StringComparison.Ordinal));

    private bool IsRightFolder(string folder) => Directory.Exists(Target(folder))
        && Directory.GetLastWriteTimeUtc(Target(folder)) == Directory.GetLastWriteTimeUtc(Source(folder))
        && new FileInfo(Target(folder)).UnixFileMode == new FileInfo(Source(folder)).UnixFileMode;

    private bool IsRightFile(string file) => File.Exists(Target(file))
        && File.ReadAllBytes(Target(file)).AsSpan().SequenceEqual(_contents[file])
        && (!File.Exists(Source(file))
            || (File.GetLastWriteTimeUtc(Target(file)) == File.GetLastWriteTimeUtc(Source(file)) && new FileInfo(Target(file)).UnixFileMode == new FileInfo(Source(file)).UnixFileMode));
}
