namespace Multitasking.Copying.Filtering;

/// <summary>What decided about an entry.</summary>
internal enum FilterReason : byte
{
    /// <summary>Nothing spoke against it.</summary>
    Nothing,

    /// <summary>A rule matched it.</summary>
    Rule,

    /// <summary>No rule matched it, and there are only rules that include.</summary>
    NoRule,

    /// <summary>It is in a folder that matched a rule that includes.</summary>
    FolderRule,

    /// <summary>The list of files does not have it.</summary>
    NotListed,

    /// <summary>The list of files does not have this folder, but something in it.</summary>
    OnTheWay,

    /// <summary>It is further below the source than was asked for.</summary>
    TooDeep,
}
