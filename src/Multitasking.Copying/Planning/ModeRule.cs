using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Planning;

/// <summary>Which permissions a copy has, from its creation to its end: never more than the final ones.</summary>
internal static class ModeRule
{
    private const uint OwnersAll = 0x1C0;
    private const uint SetUserId = 0x800;
    private const uint SetGroupId = 0x400;
    private const uint Ordinary = 0x1FF;

    /// <summary>The mode to create a file with; the set-id bits come after the contents, as writing would clear them.</summary>
    internal static uint ForCreation(in FileStatus source) => source.Mode & Ordinary;

    /// <summary>What a folder has while it is being filled: the final mode, and all that its owner needs to fill it.</summary>
    internal static uint WhileFilling(in FileStatus source) => (source.Mode & Ordinary) | OwnersAll;

    /// <summary>Whether the owner of a folder cannot list or fill it.</summary>
    internal static bool KeepsOwnerOut(in FileStatus folder) => (folder.Mode & OwnersAll) != OwnersAll;

    /// <summary>The mode to create a file with that will get another owner: until then nobody but the present one may look into it.</summary>
    internal static uint ForCreationBeforeOwner(in FileStatus source) => source.Mode & OwnersAll;

    /// <summary>
    /// The final mode. A set-id bit stays only where the copy has the same owner: a program must not begin to run as somebody else by
    /// being copied.
    /// </summary>
    internal static uint Final(in FileStatus source, uint copyUserId, uint copyGroupId)
    {
        uint mode = source.Permissions;
        if (source.UserId != copyUserId)
            mode &= ~SetUserId;
        if (source.GroupId != copyGroupId)
            mode &= ~SetGroupId;
        return mode;
    }

    /// <summary>Whether a file created with <see cref="ForCreation"/> under this umask still lacks something.</summary>
    internal static bool NeedsSetting(in FileStatus source, uint umask) =>
        (source.Permissions & ~Ordinary) != 0 || (source.Mode & umask & Ordinary) != 0;
}
