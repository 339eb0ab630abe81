using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Planning;

/// <summary>Which permissions a copy has, from its creation to its end: never more than the final ones.</summary>
internal static class ModeRule
{
    internal const uint SetGroupId = 0x400;

    private const uint OwnersAll = 0x1C0;
    private const uint SetUserId = 0x800;
    private const uint Ordinary = 0x1FF;
    private const uint OwnersReadAndWrite = 0x180;
    private const CopyPreserve NeedsOwnersAlone = CopyPreserve.Owner | CopyPreserve.ExtendedAttributes | CopyPreserve.AccessControl;

    /// <summary>
    /// The mode to create a file with; the set-id bits come after the contents, as writing would clear them. A file that will get another owner, or a list of those
    /// who may read it, is open to nobody but the present owner until then.
    /// </summary>
    internal static uint ForCreation(in FileStatus source, CopySettings settings) =>
        settings.Keeps(NeedsOwnersAlone) ? OwnersReadAndWrite : source.Mode & Ordinary;

    /// <summary>What an existing file has while it is written over: nothing that it had not, and nothing that it is not to have.</summary>
    internal static uint WhileWritingOver(in FileStatus source, in FileStatus existing, CopySettings settings)
    {
        uint narrow = existing.Permissions & Final(source, existing.UserId, existing.GroupId);
        return settings.Keeps(NeedsOwnersAlone) ? narrow & OwnersAll : settings.Keeps(CopyPreserve.Mode) ? narrow : existing.Permissions;
    }

    /// <summary>What a folder has while it is being filled: the final mode, and all that its owner needs to fill it.</summary>
    internal static uint WhileFilling(in FileStatus source, CopySettings settings) =>
        settings.Keeps(NeedsOwnersAlone) ? OwnersAll : (source.Mode & Ordinary) | OwnersAll;

    /// <summary>The same for a folder that is there already: its own mode, and all that its owner needs to fill it.</summary>
    internal static uint WhileFillingExisting(in FileStatus folder) => folder.Permissions | OwnersAll;

    /// <summary>Whether the owner of a folder cannot list or fill it.</summary>
    internal static bool KeepsOwnerOut(in FileStatus folder) => (folder.Mode & OwnersAll) != OwnersAll;

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

    /// <summary>The final mode of a file, or, where modes are not kept, what the umask leaves of it.</summary>
    internal static uint Final(in FileStatus source, in FileStatus copy, uint umask, CopySettings settings) =>
        settings.Keeps(CopyPreserve.Mode) ? Final(source, copy.UserId, copy.GroupId) : source.Mode & Ordinary & ~umask;

    /// <summary>Whether a file created with <see cref="ForCreation"/> under this umask still lacks something.</summary>
    internal static bool NeedsSetting(in FileStatus source, uint umask, CopySettings settings) =>
        settings.Keeps(NeedsOwnersAlone)
        || (settings.Keeps(CopyPreserve.Mode) && ((source.Permissions & ~Ordinary) != 0 || (source.Mode & umask & Ordinary) != 0));
}
