using Multitasking.Transport;

namespace Multitasking.Objects;

/// <summary>The beginning of every request.</summary>
/// <param name="Kind">What it wants.</param>
/// <param name="Client">The client, by the number that it gave itself.</param>
internal readonly record struct RequestHead(RequestKind Kind, long Client)
{
    internal const int Size = 1 + sizeof(long);

    /// <exception cref="InvalidDataException">There is none.</exception>
    internal static RequestHead Of(ReadOnlySpan<byte> request) => request.Length >= Size
        ? new RequestHead((RequestKind)request[0], BitConverter.ToInt64(request[1..]))
        : throw ByteReader.Malformed($"a request of {request.Length} bytes");
}
