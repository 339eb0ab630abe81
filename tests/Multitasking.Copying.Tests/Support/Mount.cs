namespace Multitasking.Copying.Tests.Support;

/// <summary>A small file system in memory; the test is skipped where this user may not mount one.</summary>
internal sealed class Mount : IDisposable
{
    private readonly Workspace _space;
    private readonly string _name;

    private Mount(Workspace space, string name)
    {
        _space = space;
        _name = name;
    }

    public static Mount Small(Workspace space, string options, string name)
    {
        (int exitCode, string output) = Shell.TryRun(space.Folder, $"mkdir {name}; mount -t tmpfs -o {options} none {name}");
        if (exitCode != 0)
            Assert.Skip($"Needs to mount a small tmpfs: {output.Trim()}");
        return new Mount(space, name);
    }

    public void Dispose() => _space.Bash($"umount {_name}");
}
