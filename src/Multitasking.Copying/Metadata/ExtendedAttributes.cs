using System.Runtime.InteropServices;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Metadata;

/// <summary>
/// Copies extended attributes, and access control lists, which Linux keeps in two of them. What a target has and the source has not is removed, or a default
/// list of the folder would let somebody in.
/// </summary>
internal static unsafe class ExtendedAttributes
{
    private static ReadOnlySpan<byte> AccessList => "system.posix_acl_access\0"u8;

    private static ReadOnlySpan<byte> DefaultList => "system.posix_acl_default\0"u8;

    /// <summary>Whether the copy is to have any.</summary>
    internal static bool AreWanted(CopySettings settings) => settings.Keeps(CopyPreserve.ExtendedAttributes | CopyPreserve.AccessControl);

    /// <summary>Makes the target's attributes those of the source.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="target">Where to.</param>
    /// <param name="settings">Which are wanted.</param>
    /// <param name="mayHaveOwn">Whether the target may have some already: it is an old one, or its folder passes on a list.</param>
    internal static Fault Copy(in AttributeEnd source, in AttributeEnd target, CopySettings settings, bool mayHaveOwn)
    {
        AttributeBuffers buffers = AttributeBuffers.OfThread;
        long length = source.List(buffers.Names, AttributeBuffers.Size);
        if (length < 0 && length != -Errno.NotSupported)
            return Fault.OfMetadata("cannot read the names of its attributes", length);
        for (long at = 0; at < length;)
        {
            byte* name = buffers.Names + at;
            ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
            at += text.Length + 1;
            if (!IsWanted(text, settings))
                continue;
            long size = source.Read(name, buffers.Value, AttributeBuffers.Size);
            // Removed in between.
            if (size == -Errno.NoAttribute)
                continue;
            if (size < 0)
                return Fault.OfMetadata($"cannot read its attribute {new FilePath(text)}", size);
            int result = target.Write(name, buffers.Value, size);
            if (result < 0 && !MayBeLeft(text, result))
                return Fault.OfMetadata($"cannot set its attribute {new FilePath(text)}", result);
        }

        return mayHaveOwn ? RemoveOthers(target, buffers, Math.Max(0, length), settings) : default;
    }

    /// <summary>Whether both have the same wanted attributes with the same values.</summary>
    internal static bool AreSame(in AttributeEnd left, in AttributeEnd right, CopySettings settings)
    {
        AttributeBuffers buffers = AttributeBuffers.OfThread;
        long leftLength = Math.Max(0, left.List(buffers.Names, AttributeBuffers.Size));
        long rightLength = Math.Max(0, right.List(buffers.OtherNames, AttributeBuffers.Size));
        return AllAreIn(left, buffers.Names, leftLength, right, settings, buffers) && AllAreIn(right, buffers.OtherNames, rightLength, left, settings, buffers);
    }

    private static bool AllAreIn(in AttributeEnd these, byte* names, long length, in AttributeEnd others, CopySettings settings, AttributeBuffers buffers)
    {
        for (long at = 0; at < length;)
        {
            byte* name = names + at;
            ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
            at += text.Length + 1;
            if (!IsWanted(text, settings))
                continue;
            long size = these.Read(name, buffers.Value, AttributeBuffers.Size);
            long other = others.Read(name, buffers.OtherValue, AttributeBuffers.Size);
            if (other < 0 && MayBeLeft(text, (int)other))
                continue;
            if (size != other || (size > 0 && !new ReadOnlySpan<byte>(buffers.Value, (int)size).SequenceEqual(new ReadOnlySpan<byte>(buffers.OtherValue, (int)size))))
                return false;
        }

        return true;
    }

    private static Fault RemoveOthers(in AttributeEnd target, AttributeBuffers buffers, long wantedLength, CopySettings settings)
    {
        long length = target.List(buffers.OtherNames, AttributeBuffers.Size);
        for (long at = 0; at < length;)
        {
            byte* name = buffers.OtherNames + at;
            ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
            at += text.Length + 1;
            if (!IsWanted(text, settings) || IsAmong(text, buffers.Names, wantedLength))
                continue;
            int result = target.Remove(name);
            if (result < 0 && result != -Errno.NoAttribute && !MayBeLeft(text, result))
                return Fault.OfMetadata($"cannot remove its attribute {new FilePath(text)}, which the source does not have", result);
        }

        return default;
    }

    private static bool IsAmong(ReadOnlySpan<byte> wanted, byte* names, long length)
    {
        for (long at = 0; at < length;)
        {
            ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(names + at);
            if (text.SequenceEqual(wanted))
                return true;
            at += text.Length + 1;
        }

        return false;
    }

    private static bool IsWanted(ReadOnlySpan<byte> name, CopySettings settings)
    {
        bool isList = name.SequenceEqual(AccessList[..^1]) || name.SequenceEqual(DefaultList[..^1]);
        if (isList)
            return settings.Keeps(CopyPreserve.AccessControl);
        // What else stands in "system." belongs to the file system and not to the file (NFS has its own lists there).
        return settings.Keeps(CopyPreserve.ExtendedAttributes) && !name.StartsWith("system."u8);
    }

    /// <summary>
    /// What a user cannot do anything about is passed over in silence, as <c>cp -a</c> does: labels that the policy or the administrator alone sets, and file systems that
    /// have no attributes at all. A lost list or capability is told.
    /// </summary>
    private static bool MayBeLeft(ReadOnlySpan<byte> name, int result)
    {
        bool isOfUser = name.StartsWith("user."u8) || name.StartsWith("system."u8) || name.SequenceEqual("security.capability"u8);
        return result is -Errno.NotSupported or -Errno.NotPermitted or -Errno.AccessDenied or -Errno.NoAttribute && !isOfUser;
    }
}
