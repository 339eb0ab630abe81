using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Tests.Travel;

/// <summary>The codec without a process between its two halves.</summary>
internal static class Codec
{
    internal static byte[] Write<T>(T value) => Write(value, TrustOf<T>().Answers);

    /// <summary>What a parent makes of an answer of this type.</summary>
    internal static Trust TrustOf<T>() => Parent<T>.Trust;

    /// <summary>As a parent writes to its child.</summary>
    internal static byte[] WriteCall<T>(T value) => Write(value, Crossing.ToChild());

    /// <summary>As a child reads what its parent sent.</summary>
    internal static T ReadCall<T>(byte[] bytes) => Read<T>(bytes, new ParentTypes());

    private static byte[] Write<T>(T value, Crossing crossing)
    {
        var bytes = new ByteWriter();
        new GraphWriter(bytes, crossing).WriteRoot(typeof(T), value, "value");
        return bytes.ToFrame(FrameKind.Answer)[ByteWriter.HeaderSize..].ToArray();
    }

    /// <summary>As a parent reads what its child sent: by the declared type, and by nothing that the call had not to do with.</summary>
    internal static T Read<T>(ReadOnlyMemory<byte> bytes) => Read<T>(bytes, new ChildTypes(typeof(T), typeof(Codec)));

    /// <summary>Through both readers: the one of a child, which trusts its parent, and the one of a parent.</summary>
    internal static T RoundTrip<T>(T value) => Read<T>(Write(ReadCall<T>(WriteCall(value))));

    internal static T Read<T>(ReadOnlyMemory<byte> bytes, TypeReader types) =>
        (T)new GraphReader(new ByteReader(bytes), types, Arrival.Nothing).ReadRoot(typeof(T))!;

    private static class Parent<T>
    {
        internal static Trust Trust { get; } = new(typeof(T), typeof(Codec));
    }
}
