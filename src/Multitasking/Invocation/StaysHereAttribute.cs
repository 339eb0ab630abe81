namespace Multitasking.Invocation;

/// <summary>Marks classes of this library whose objects mean something in their own process only.</summary>
/// <param name="wayOut">What a user can do instead, for the error.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class StaysHereAttribute(string wayOut) : Attribute
{
    internal string WayOut { get; } = wayOut;
}
