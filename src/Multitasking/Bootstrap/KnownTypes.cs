using Multitasking.Invocation;

namespace Multitasking.Bootstrap;

/// <summary>The types that a worker of a pool was told of: its tasks refer to them by number, from the first to the last.</summary>
internal sealed class KnownTypes : ParentTypes
{
    internal override void Begin()
    {
        // What was told stays known.
    }
}
