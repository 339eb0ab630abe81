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
        int result;
        do
            result = Strikes(SystemCall.SetTimes, out int scripted) ? scripted : Check(LibC.futimens(descriptor, times));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>The same for an entry of a folder; for the link itself when it is a symbolic link.</summary>
    internal static int SetModifiedOf(int folder, byte* name, TimeSpec modified)
    {
        TimeSpec* times = stackalloc TimeSpec[2] { TimeSpec.Omitted, modified };
        int result;
        do
            result = Strikes(SystemCall.SetTimes, out int scripted) ? scripted : Check(LibC.utimensat(folder, name, times, SymbolicLinkItself));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int SetMode(int descriptor, uint mode)
    {
        int result;
        do
            result = Strikes(SystemCall.SetMode, out int scripted) ? scripted : Check(LibC.fchmod(descriptor, mode));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Sets the mode of an entry of a folder, which need not be one that this user may open; a symbolic link is not followed.</summary>
    internal static int SetModeOf(int folder, byte* name, uint mode)
    {
        int result;
        do
            result = Strikes(SystemCall.SetMode, out int scripted) ? scripted : Check(LibC.fchmodat(folder, name, mode, SymbolicLinkItself));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int SetOwner(int descriptor, uint user, uint group)
    {
        int result;
        do
            result = Strikes(SystemCall.SetOwner, out int scripted) ? scripted : Check(LibC.fchown(descriptor, user, group));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>The same for an entry of a folder; for the link itself when it is a symbolic link.</summary>
    internal static int SetOwnerOf(int folder, byte* name, uint user, uint group)
    {
        int result;
        do
            result = Strikes(SystemCall.SetOwner, out int scripted) ? scripted : Check(LibC.fchownat(folder, name, user, group, SymbolicLinkItself));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>The names of an open file's extended attributes, each ending with NUL; with a length of 0, only how long they are.</summary>
    internal static long ListAttributes(int descriptor, byte* names, long length)
    {
        long result;
        do
            result = Strikes(SystemCall.ListAttributes, out int scripted) ? scripted : Check(LibC.flistxattr(descriptor, names, (nuint)length));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static long ReadAttribute(int descriptor, byte* name, byte* value, long length)
    {
        long result;
        do
            result = Strikes(SystemCall.ReadAttribute, out int scripted) ? scripted : Check(LibC.fgetxattr(descriptor, name, value, (nuint)length));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int WriteAttribute(int descriptor, byte* name, byte* value, long length)
    {
        int result;
        do
            result = Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.fsetxattr(descriptor, name, value, (nuint)length, 0));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int RemoveAttribute(int descriptor, byte* name)
    {
        int result;
        do
            result = Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.fremovexattr(descriptor, name));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>The same four for a path whose last part is not followed when it is a symbolic link.</summary>
    internal static long ListAttributesOf(byte* path, byte* names, long length)
    {
        long result;
        do
            result = Strikes(SystemCall.ListAttributes, out int scripted) ? scripted : Check(LibC.llistxattr(path, names, (nuint)length));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static long ReadAttributeOf(byte* path, byte* name, byte* value, long length)
    {
        long result;
        do
            result = Strikes(SystemCall.ReadAttribute, out int scripted) ? scripted : Check(LibC.lgetxattr(path, name, value, (nuint)length));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int WriteAttributeOf(byte* path, byte* name, byte* value, long length)
    {
        int result;
        do
            result = Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.lsetxattr(path, name, value, (nuint)length, 0));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int RemoveAttributeOf(byte* path, byte* name)
    {
        int result;
        do
            result = Strikes(SystemCall.WriteAttribute, out int scripted) ? scripted : Check(LibC.lremovexattr(path, name));
        while (result == -Errno.Interrupted);
        return result;
    }
}
