namespace Multitasking.Copying.Tests.Support;

/// <summary>A folder whose file system takes names that differ in case or in their Unicode form for one; the test is skipped where there is no way to get one.</summary>
internal sealed class FoldingMount : IDisposable
{
    private readonly Workspace _space;
    private readonly string _name;

    private FoldingMount(Workspace space, string name)
    {
        _space = space;
        _name = name;
    }

    /// <summary>Mounts an image with a folder "folder" that is so.</summary>
    public static FoldingMount Make(Workspace space, string name)
    {
        (int exitCode, string output) = Shell.TryRun(space.Folder, $"truncate -s 32M image; mkfs.ext4 -q -O casefold -E encoding=utf8 image; mkdir {name}; mount -o loop image {name}; mkdir {name}/folder; chattr +F {name}/folder");
        var mount = new FoldingMount(space, name);
        if (exitCode == 0)
            return mount;
        mount.Dispose();
        Needs.Mount("casefold", output);
        return mount;
    }

    public void Dispose() => Shell.TryRun(_space.Folder, $"! mountpoint -q {_name} || umount {_name}");
}
