namespace Multitasking.Invocation;

/// <summary>What stands for an object of another process. Its class exists in this process only, so it crosses as the interface that it stands for.</summary>
internal interface IFaceProxy
{
    /// <summary>The interface.</summary>
    Type Face { get; }

    /// <summary>What it calls, which crosses in its stead.</summary>
    IFaceLink Link { get; }
}
