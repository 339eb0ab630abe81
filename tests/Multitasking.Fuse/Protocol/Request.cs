using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.Fuse.Protocol;

/// <summary>One request of the kernel.</summary>
internal readonly ref struct Request
{
    private readonly ReadOnlySpan<byte> _body;

    internal Request(ReadOnlySpan<byte> message)
    {
        Header = MemoryMarshal.Read<RequestHeader>(message);
        _body = message[Unsafe.SizeOf<RequestHeader>()..checked((int)Header.Length)];
    }

    internal RequestHeader Header { get; }

    internal T Body<T>() where T : unmanaged => MemoryMarshal.Read<T>(_body);

    /// <summary>What comes after a body of this type.</summary>
    internal ReadOnlySpan<byte> After<T>() where T : unmanaged => _body[Unsafe.SizeOf<T>()..];

    /// <summary>The parts of one size that come after a body of this type.</summary>
    internal ReadOnlySpan<TPart> Parts<T, TPart>(uint count) where T : unmanaged where TPart : unmanaged =>
        MemoryMarshal.Cast<byte, TPart>(After<T>())[..(int)count];

    /// <summary>The name that a request without a body of its own has.</summary>
    internal ReadOnlySpan<byte> Name => TakeName(_body, out _);

    /// <summary>The first of the names that come after a body of this type.</summary>
    internal ReadOnlySpan<byte> NameAfter<T>() where T : unmanaged => TakeName(After<T>(), out _);

    /// <summary>Takes a name that ends with a zero.</summary>
    internal static ReadOnlySpan<byte> TakeName(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        int end = text.IndexOf((byte)0);
        rest = text[(end + 1)..];
        return text[..end];
    }

    /// <summary>Two names, one after the other.</summary>
    internal void TwoNames<T>(out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second) where T : unmanaged =>
        TwoNames(After<T>(), out first, out second);

    /// <summary>The two names of a request without a body of its own.</summary>
    internal void TwoNames(out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second) => TwoNames(_body, out first, out second);

    private static void TwoNames(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second)
    {
        first = TakeName(text, out var rest);
        second = TakeName(rest, out _);
    }
}
