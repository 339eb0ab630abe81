namespace Multitasking.Invocation;

/// <summary>Stands for a token parameter that was given no argument: in the child it becomes the token that its end triggers.</summary>
internal sealed class Termination
{
    internal static Termination Instance { get; } = new();
}
