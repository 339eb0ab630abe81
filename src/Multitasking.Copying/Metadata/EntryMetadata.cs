using System.Runtime.InteropServices;
using System.Text;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Metadata;

/// <summary>Gives an entry that is not open what belongs to it: a link, a FIFO, a socket, a device, or a file whose contents are there already.</summary>
internal static unsafe class EntryMetadata
{
    private const uint OwnersReadAndWrite = 0x180;

    /// <param name="sourceFolder">The open folder of the source.</param>
    /// <param name="name">Its name there, ending with NUL.</param>
    /// <param name="targetFolder">The open folder of the copy.</param>
    /// <param name="target">Its name there, ending with NUL.</param>
    /// <param name="status">What the source is.</param>
    /// <param name="settings">What is to be kept.</param>
    internal static Fault Apply(int sourceFolder, byte* name, int targetFolder, byte* target, in FileStatus status, CopySettings settings)
    {
        // One that fails does not keep the others from being set.
        Fault fault = settings.Keeps(CopyPreserve.Owner) ? Ownership.Apply(targetFolder, target, status) : default;
        if (ExtendedAttributes.AreWanted(settings))
            fault = fault.Or(CopyAttributes(sourceFolder, name, targetFolder, target, settings));
        // A link has no mode of its own.
        if (settings.Keeps(CopyPreserve.Mode) && status.Kind != FileKind.SymbolicLink)
        {
            int result = SetMode(targetFolder, target, status);
            if (result < 0)
                fault = fault.Or(Fault.OfMetadata("cannot set the mode", result));
        }

        if (settings.Keeps(CopyPreserve.Times) && Kernel.SetModifiedOf(targetFolder, target, status.Modified) is < 0 and var failed)
            fault = fault.Or(Fault.OfMetadata("cannot set the time", failed));
        return fault;
    }

    /// <summary>Whether both have the same wanted attributes. Neither is opened.</summary>
    internal static bool HasSameAttributes(int sourceFolder, byte* name, int targetFolder, byte* target, CopySettings settings)
    {
        fixed (byte* from = PathOf(sourceFolder, name))
        fixed (byte* to = PathOf(targetFolder, target))
            return ExtendedAttributes.AreSame(new AttributeEnd(from), new AttributeEnd(to), settings);
    }

    private static Fault CopyAttributes(int sourceFolder, byte* name, int targetFolder, byte* target, CopySettings settings)
    {
        fixed (byte* from = PathOf(sourceFolder, name))
        fixed (byte* to = PathOf(targetFolder, target))
        {
            Fault fault = ExtendedAttributes.Copy(new AttributeEnd(from), new AttributeEnd(to), settings, mayHaveOwn: true);
            // Whoever may not write to a file may not set its attributes; its owner may change that for a moment.
            if (fault.Errno != Errno.AccessDenied
                || Kernel.StatusOf(targetFolder, target, out FileStatus closed) < 0 || closed.Kind != FileKind.Regular
                || Kernel.SetModeOf(targetFolder, target, closed.Permissions | OwnersReadAndWrite) < 0)
                return fault;
            fault = ExtendedAttributes.Copy(new AttributeEnd(from), new AttributeEnd(to), settings, mayHaveOwn: true);
            return Kernel.StatusOf(targetFolder, target, out FileStatus now) == 0 && Kernel.SetModeOf(targetFolder, target, now.Permissions & (closed.Permissions | ~OwnersReadAndWrite)) is < 0 and var failed
                ? Fault.OfMetadata("cannot set the mode", failed)
                : fault;
        }
    }

    private static int SetMode(int folder, byte* name, in FileStatus status)
    {
        int result = Kernel.StatusOf(folder, name, out FileStatus copy);
        if (result < 0)
            return result;
        uint mode = ModeRule.Final(status, copy.UserId, copy.GroupId);
        return copy.Permissions == mode ? 0 : Kernel.SetModeOf(folder, name, mode);
    }

    /// <summary>A path to an entry of an open folder: the calls for attributes have no form that takes a folder before Linux 6.13 (<c>setxattrat(2)</c>).</summary>
    private static byte[] PathOf(int folder, byte* name) =>
        [.. Encoding.ASCII.GetBytes($"/proc/self/fd/{folder}/"), .. MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), 0];
}
