namespace Multitasking.Copying.Interop;

/// <summary>Calls about modes, owners, times and attributes.</summary>
internal static unsafe partial class Kernel
{
    /// <summary>Stands for "leave this one as it is" where an owner is set.</summary>
    internal const uint SameOwner = uint.MaxValue;

    /// <summary>Sets the time of last modification of an open file or folder and leaves that of last access alone.</summary>
    internal static int SetModified(int descriptor, TimeSpec modified)
    {
        TimeSpec* times = stackalloc TimeSpec[2] { TimeSpec.Omitted, modified };
        return Strikes(SystemCall.SetTimes, out int scripted) ? scripted : Check(LibC.futimens(descriptor, times));
    }

    /// <summary>The same for an entry of a folder; for the link itself when it is a symbolic link.</summary>
    internal static int SetModifiedOf(int folder, byte* name, TimeSpec modified)
    {
        TimeSpec* times = stackalloc TimeSpec[2] { TimeSpec.Omitted, modified };
        return Strikes(SystemCall.SetTimes, out int scripted) ? scripted : Check(LibC.utimensat(folder, name, times, SymbolicLinkItself));
    }

    internal static int SetMode(int descriptor, uint mode) =>
        Strikes(SystemCall.SetMode, out int scripted) ? scripted : Check(LibC.fchmod(descriptor, mode));

    /// <summary>Sets the mode of an entry of a folder, which need not be one that this user may open; a symbolic link is not followed.</summary>
    internal static int SetModeOf(int folder, byte* name, uint mode) =>
        Strikes(SystemCall.SetMode, out int scripted) ? scripted : Check(LibC.fchmodat(folder, name, mode, SymbolicLinkItself));

    internal static int SetOwner(int descriptor, uint user, uint group) =>
        Strikes(SystemCall.SetOwner, out int scripted) ? scripted : Check(LibC.fchown(descriptor, user, group));

    /// <summary>The same for an entry of a folder; for the link itself when it is a symbolic link.</summary>
    internal static int SetOwnerOf(int folder, byte* name, uint user, uint group) =>
        Strikes(SystemCall.SetOwner, out int scripted) ? scripted : Check(LibC.fchownat(folder, name, user, group, SymbolicLinkItself));

    /// <summary>The names of an open file's extended attributes, each ending with NUL; with a length of 0, only how long they are.</summary>
    internal static long ListAttributes(int descriptor, byte* names, long length) =>
        Strikes(SystemCall.ListAttributes, out int scripted) ? scripted : Check(LibC.flistxattr(descriptor, names, (nuint)length));

    internal static long ReadAttribute(int descriptor, byte* name, byte* value, long length) =>
        Strikes(SystemCall.ReadAttribute, out int scripted) ? scripted : Check(LibC.fgetxattr(descriptor, name, value, (nuint)length));

    internal static int WriteAttribute(int descriptor, byte* name, byte* value, long length) =>
        Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.fsetxattr(descriptor, name, value, (nuint)length, 0));

    internal static int RemoveAttribute(int descriptor, byte* name) =>
        Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.fremovexattr(descriptor, name));

    /// <summary>The same four for a path whose last part is not followed when it is a symbolic link.</summary>
    internal static long ListAttributesOf(byte* path, byte* names, long length) =>
        Strikes(SystemCall.ListAttributes, out int scripted) ? scripted : Check(LibC.llistxattr(path, names, (nuint)length));

    internal static long ReadAttributeOf(byte* path, byte* name, byte* value, long length) =>
        Strikes(SystemCall.ReadAttribute, out int scripted) ? scripted : Check(LibC.lgetxattr(path, name, value, (nuint)length));

    internal static int WriteAttributeOf(byte* path, byte* name, byte* value, long length) =>
        Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.lsetxattr(path, name, value, (nuint)length, 0));

    internal static int RemoveAttributeOf(byte* path, byte* name) =>
        Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.lremovexattr(path, name));
}
