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

    public static Mount Small(Workspace space, string options, string name) =>
        Take(space, "tmpfs", $"mkdir {name}; mount -t tmpfs -o {options} none {name}", name);

    /// <summary>Lets something be seen in a second place, which must exist.</summary>
    public static Mount Bind(Workspace space, string what, string name) => Take(space, "bind mounts", $"mount --bind {what} {name}", name);

    /// <summary>One that has no extended attributes and no access control lists.</summary>
    public static Mount WithoutAttributes(Workspace space, string name) =>
        Take(space, "ramfs", $"mkdir {name}; mount -t ramfs none {name}; touch {name}/probe; if setfattr -n user.a -v b {name}/probe; then umount {name}; exit 1; fi; rm {name}/probe", name);

    /// <summary>A new file system in a file; skipped where it cannot be made, or the kernel does not know it.</summary>
    /// <param name="space">Where.</param>
    /// <param name="megabytes">How large.</param>
    /// <param name="fileSystem">What it is.</param>
    /// <param name="options">Of the command that makes it.</param>
    /// <param name="name">The folder to mount it at.</param>
    public static Mount Image(Workspace space, int megabytes, string fileSystem, string options, string name)
    {
        string maker = $"mkfs.{fileSystem}";
        Needs.Program(maker, fileSystem switch { "btrfs" => "btrfs-progs", "xfs" => "xfsprogs", _ => "e2fsprogs" });
        space.Bash($"truncate -s {megabytes}M {name}.image; {Needs.FindProgram(maker)} {options} {name}.image > /dev/null; mkdir {name}");
        return Take(space, fileSystem, $"mount -o loop {name}.image {name}", name);
    }

    private static Mount Take(Workspace space, string fileSystem, string script, string name)
    {
        (int exitCode, string output) = Shell.TryRun(space.Folder, script);
        if (exitCode != 0)
            Needs.Mount(fileSystem, output);
        return new Mount(space, name);
    }

    public void Dispose() => _space.Bash($"umount {_name}");
}
