namespace Multitasking.Children;

/// <summary>The things that can be due for a child.</summary>
internal enum Due
{
    /// <summary>Its time limit.</summary>
    Limit,

    /// <summary>The next step towards its end.</summary>
    Step,

    /// <summary>The end of all waiting for one that SIGKILL does not end.</summary>
    GivingUp,

    /// <summary>Another attempt to send what the system did not take.</summary>
    Sending,

    /// <summary>A look whether it has ended, where nothing tells of that.</summary>
    Looking,
}
