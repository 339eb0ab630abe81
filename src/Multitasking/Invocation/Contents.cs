namespace Multitasking.Invocation;

/// <summary>How a class of the framework is taken apart that does not travel by its fields.</summary>
internal enum Contents
{
    /// <summary>Keys and values, put in one by one.</summary>
    Pairs,

    /// <summary>Items, put in one by one or all at once.</summary>
    Items,

    /// <summary>The nodes of a linked list, which are objects themselves.</summary>
    Nodes,

    /// <summary>A node of a linked list, with its list.</summary>
    Node,

    /// <summary>The list or dictionary that it is a view of.</summary>
    Wrapped,

    /// <summary>A part of an array, within its bounds.</summary>
    Window,

    /// <summary>Its text.</summary>
    Text,

    /// <summary>Its bits.</summary>
    Bits,

    /// <summary>A number of any length.</summary>
    Number,
}
