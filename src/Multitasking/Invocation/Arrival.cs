using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Turns what crossed by reference into what stands for it on this side.</summary>
internal abstract class Arrival
{
    /// <summary>For messages in which nothing crosses by reference: answers.</summary>
    internal static Arrival Nothing { get; } = new Refusal();

    internal abstract CancellationToken Token(int number);

    internal abstract object Progress(Type value, int number);

    private sealed class Refusal : Arrival
    {
        internal override CancellationToken Token(int number) => throw ByteReader.Malformed("a cancellation token in an answer");

        internal override object Progress(Type value, int number) => throw ByteReader.Malformed("an IProgress in an answer");
    }
}
