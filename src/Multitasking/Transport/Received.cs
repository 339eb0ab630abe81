namespace Multitasking.Transport;

/// <summary>How far a link was read.</summary>
internal enum Received
{
    /// <summary>There is more.</summary>
    Some,

    /// <summary>All that has arrived so far.</summary>
    All,

    /// <summary>As much was received as there was memory for: more may have arrived.</summary>
    Stalled,

    /// <summary>All that will ever arrive: the other side has closed its end.</summary>
    End,
}
