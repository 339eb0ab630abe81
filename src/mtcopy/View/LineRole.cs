namespace Mtcopy.View;

/// <summary>What a piece of the progress line is.</summary>
internal enum LineRole
{
    /// <summary>The space between pieces, and whatever needs no emphasis.</summary>
    Plain,

    /// <summary>The bar's part that is done.</summary>
    Done,

    /// <summary>The bar's part that is to come.</summary>
    ToCome,

    /// <summary>What the eye looks for first: how much is done, and how long it takes.</summary>
    Key,

    /// <summary>Something failed.</summary>
    Alarm,
}
