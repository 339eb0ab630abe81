namespace Multitasking.Invocation;

/// <summary>What a target's delegate calls its method on.</summary>
internal enum TargetObject : byte
{
    /// <summary>An object that holds nothing, and is made where the target runs.</summary>
    Empty = 0,

    /// <summary>One that travels with each task.</summary>
    Travels = 1,

    /// <summary>None: a static method, or one whose object is the first argument.</summary>
    None = 2,
}
