using Multitasking.SharedMemory;

namespace Multitasking.Invocation;

/// <summary>The way to an object of another process.</summary>
internal interface IFaceLink : ISharedObject
{
    /// <summary>What a program uses: a proxy, or the object itself where it lives.</summary>
    /// <param name="face">The interface.</param>
    object As(Type face);
}
