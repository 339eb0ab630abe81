namespace Multitasking.Copying.Tests.Support;

/// <summary>A file system of a test; the test is skipped where this user may not mount one.</summary>
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

    /// <summary>Lets something be seen in a second place, which must exist.</summary>
    public static Mount Bind(Workspace space, string what, string name) => Take(space, $"mount --bind {what} {name}", name);

    /// <summary>A new file system in a file; skipped where it cannot be made, or the kernel does not know it.</summary>
    /// <param name="space">Where.</param>
    /// <param name="megabytes">How large.</param>
    /// <param name="make">The command that makes it, with its options.</param>
    /// <param name="name">The folder to mount it at.</param>
    /// <param name="options">Of the mount.</param>
    public static Mount Image(Workspace space, int megabytes, string make, string name, string options = "loop") =>
        Take(space, $"export PATH=$PATH:/usr/sbin:/sbin; truncate -s {megabytes}M {name}.image; {make} {name}.image > /dev/null; mkdir {name}; mount -o {options} {name}.image {name}", name);

    private static Mount Take(Workspace space, string script, string name)
    {
        (int exitCode, string output) = Shell.TryRun(space.Folder, script);
        if (exitCode != 0)
            Assert.Skip($"Needs a mount that cannot be had here: {script}: {output.Trim()}");
        return new Mount(space, name);
    }

    public void Dispose() => _space.Bash($"umount {_name}");
}
