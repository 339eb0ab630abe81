namespace Mtcopy.CommandLine.Definitions;

/// <summary>What an option's value is.</summary>
internal enum ArgumentKind
{
    /// <summary>A number, a size, a pattern.</summary>
    Text,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Some of the choices, separated by commas.</summary>
    List,

    /// <summary>The path of a file.</summary>
    File,

    /// <summary>The path of a folder.</summary>
    Folder,
}
