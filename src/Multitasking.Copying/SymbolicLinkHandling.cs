namespace Multitasking.Copying;

/// <summary>What becomes of symbolic links in the source.</summary>
public enum SymbolicLinkHandling
{
    /// <summary>They are copied as links, letter for letter (<c>-P</c>).</summary>
    Keep,

    /// <summary>Those named as a source are followed, those found inside are kept (<c>-H</c>).</summary>
    FollowNamed,

    /// <summary>All are followed: the copy holds what they lead to, and no link (<c>-L</c>). A link that leads to a folder around it is an error.</summary>
    Follow,
}
