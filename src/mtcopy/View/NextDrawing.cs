namespace Mtcopy.View;

/// <summary>How lines are drawn that were drawn before.</summary>
internal enum NextDrawing
{
    /// <summary>Over themselves.</summary>
    InPlace,

    /// <summary>Below what others have written meanwhile.</summary>
    BelowAll,

    /// <summary>Not now, but with the next report.</summary>
    Later,
}
