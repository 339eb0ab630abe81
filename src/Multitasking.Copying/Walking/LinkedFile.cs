namespace Multitasking.Copying.Walking;

/// <summary>A file of the source with several names, by the first that was met. All but the name is guarded by the table's lock.</summary>
/// <param name="folder">Where that name was found.</param>
/// <param name="name">It, ending with NUL.</param>
/// <param name="target">What it is called in the destination, ending with NUL.</param>
/// <param name="namesLeft">How many other names it has.</param>
internal sealed class LinkedFile(TreeFolder folder, byte[] name, byte[] target, long namesLeft)
{
    internal TreeFolder Folder => folder;

    internal byte[] Name => name;

    internal byte[] Target => target;

    internal long NamesLeft { get; set; } = namesLeft;

    internal bool IsComplete { get; set; }

    internal List<LaterName> Waiting { get; } = [];
}
