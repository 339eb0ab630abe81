namespace Multitasking.Fuse.Files;

/// <summary>What a kind of file system can keep.</summary>
internal sealed class Traits(FuseKind kind)
{
    private const uint PermissionsOfFat = 0x1ED;

    internal NameKeys Names { get; } = kind == FuseKind.Exact ? new NameKeys.Exact() : new NameKeys.Folding();

    internal bool HasLinksAndSpecials { get; } = kind != FuseKind.Fat;

    internal bool HasOwners { get; } = kind != FuseKind.Fat;

    internal uint Permissions(uint mode) => kind == FuseKind.Fat ? PermissionsOfFat : mode & Node.PermissionMask;

    internal FileTime Time(FileTime time) => kind == FuseKind.Fat ? time.InEvenSeconds : time;
}
