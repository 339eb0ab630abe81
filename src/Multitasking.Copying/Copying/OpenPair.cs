using Multitasking.Copying.Planning;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Copying;

/// <summary>A folder and its copy, both kept open while entries are copied between them.</summary>
internal readonly ref struct OpenPair : IDisposable
{
    private readonly CopyTree _tree;
    private readonly TreeFolder _folder;
    private readonly int _source;
    private readonly int _target;

    internal OpenPair(CopyTree tree, TreeFolder folder)
    {
        _tree = tree;
        _folder = folder;
        Fault missing = tree.EnsureCreated(folder);
        _source = tree.Open.Pin(folder.Source);
        _target = folder.IsVirtual || _source < 0 || !missing.IsNone ? -1 : tree.Open.Pin(folder.Destination);
        Fault = !missing.IsNone ? missing
            : _source < 0 ? Fault.OfSource("cannot open its folder again", _source)
            : _target < 0 && !folder.IsVirtual ? Fault.OfDestination("cannot open its copied folder again", _target)
            : default;
        Folders = new FolderPair(_source, _target, folder.IsNew, folder.PassesLists);
    }

    /// <summary>Why they are not open.</summary>
    internal Fault Fault { get; }

    internal FolderPair Folders { get; }

    public void Dispose()
    {
        if (_source >= 0)
            _tree.Open.Unpin(_folder.Source);
        if (_target >= 0)
            _tree.Open.Unpin(_folder.Destination);
    }
}
