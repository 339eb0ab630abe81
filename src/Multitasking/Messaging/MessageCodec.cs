using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Invocation;
using Multitasking.Invocation.Shapes;
using Multitasking.SharedMemory;

namespace Multitasking.Messaging;

/// <summary>
/// How messages of a type are written: values without references, texts and arrays of such values as they are in memory, everything else as
/// a graph of objects.
/// </summary>
internal static class MessageCodec<T>
{
    private static readonly BlockShape? s_element = typeof(T).IsSZArray ? ShapeCatalog.Find(typeof(T).GetElementType()!) as BlockShape : null;

    internal static bool IsBlock { get; } = ValueCodec<T>.IsBlock;

    internal static bool IsText { get; } = typeof(T) == typeof(string);

    /// <summary>Bytes of an element, of an array of values without references; else 0.</summary>
    internal static int ElementSize => s_element?.Size ?? 0;

    /// <summary>Tells whether a message can hold a channel, a lock or shared memory, as far as its type says.</summary>
    internal static bool MayShare { get; } = !IsBlock && !IsText && ElementSize == 0 && SharedParts.MayBeIn(typeof(T));

    /// <summary>The size of every message in bytes; -1 where it depends.</summary>
    internal static int FixedSize { get; } = IsBlock ? Unsafe.SizeOf<T>() : -1;

    /// <exception cref="TargetNotSupportedException">No message of this type can travel.</exception>
    internal static void Check()
    {
        var type = typeof(T);
        bool refersBack = type == typeof(CancellationToken) || ProgressTypes.IsProgress(type);
        if (IsBlock || (!refersBack && (type.IsInterface || type.IsAbstract || type == typeof(object))))
            return;
        string? reason = refersBack
            ? "it refers to an object of the process that sends it, which may be gone when the message is read"
            : ShapeCatalog.WhyRefused(Nullable.GetUnderlyingType(type) ?? type);
        if (reason is not null)
            throw new TargetNotSupportedException($"A channel of {TypeNames.Of(type)} cannot be made: {reason}.");
    }

    /// <summary>The bytes of a text or an array, where they stand.</summary>
    internal static ReadOnlySpan<byte> BytesOf(T value)
    {
        if (IsText)
            return MemoryMarshal.AsBytes(((string)(object)value!).AsSpan());
        var array = (Array)(object)value!;
        long size = (long)array.Length * ElementSize;
        if (size > int.MaxValue)
            throw new InvalidOperationException($"An array of {size:N0} bytes is more than fits into one message. Use a SharedArray.");
        return MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), (int)size);
    }

    /// <summary>A text or an array of these bytes.</summary>
    /// <exception cref="InvalidDataException">They are not so many whole elements.</exception>
    internal static T FromBytes(ReadOnlySpan<byte> bytes)
    {
        int size = IsText ? sizeof(char) : ElementSize;
        if (bytes.Length % size != 0)
            throw Membership.Scribbled($"{bytes.Length} bytes of elements of {size}");
        if (IsText)
            return (T)(object)new string(MemoryMarshal.Cast<byte, char>(bytes));
        s_element!.Check(bytes);
        var array = typeof(T) == typeof(byte[])
            ? GC.AllocateUninitializedArray<byte>(bytes.Length)
            : Array.CreateInstanceFromArrayType(typeof(T), bytes.Length / size);
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), bytes.Length));
        return (T)(object)array;
    }
}
