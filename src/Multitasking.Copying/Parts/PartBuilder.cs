using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Parts;

/// <summary>Gathers entries until they are worth a process.</summary>
internal sealed class PartBuilder(CopyTree tree, SharedPace pace)
{
    // A child process costs what a few hundred small files cost to start, and what is left of a part when it is lost may be done twice.
    private const int MostEntries = 8192;
    private const long MostBytes = 256 * 1024 * 1024;
    private const int FewestEntries = 256;
    private const long FewestBytes = 16 * 1024 * 1024;

    private readonly List<TreeFolder> _folders = [];
    private readonly List<PartFolder> _described = [];
    private readonly Dictionary<TreeFolder, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<PartRun> _runs = [];
    private readonly List<byte> _entries = [];
    private readonly Dictionary<int, FileIdentity> _files = [];
    private int _count;
    private long _bytes;
    private TreeFolder? _root;

    internal bool IsEmpty => _count == 0;

    internal bool IsFull => _count >= MostEntries || _bytes >= MostBytes;

    /// <summary>Whether it would keep a process busy that has nothing else to do.</summary>
    internal bool IsWorthwhile => _count >= FewestEntries || _bytes >= FewestBytes;

    /// <summary>Whether entries of this folder can be put into the same part: all ways in it begin at one root.</summary>
    internal bool Accepts(TreeFolder folder) => _root is null || _root == folder.Root;

    /// <summary>Adds the next entry of a folder, which is not complete before the part is.</summary>
    /// <param name="folder">The folder, entered.</param>
    /// <param name="entry">The entry; copied.</param>
    /// <param name="size">Its size in bytes, as far as known.</param>
    internal void Add(TreeFolder folder, FolderEntry entry, long size)
    {
        int place = PlaceOf(folder);
        if (_runs.Count > 0 && _runs[^1].Folder == place)
            _runs[^1] = _runs[^1] with { Count = _runs[^1].Count + 1 };
        else
            Begin(folder, place);
        _entries.AddRange(entry.Record);
        _count++;
        _bytes += size;
    }

    /// <summary>Says that the entry that was just added is the first name of a file with several.</summary>
    internal void MarkFirstName(FileIdentity file) => _files.Add(_count - 1, file);

    /// <summary>Hands over what was gathered, and is empty again.</summary>
    internal GatheredPart Take()
    {
        TreeFolder root = _root!;
        var roots = new PartRoots(
            Environment.ProcessId,
            root.Source.Handle!.Descriptor,
            root.Source.Identity,
            root.Destination.Handle!.Descriptor,
            root.Destination.Identity,
            tree.Backup?.Root.Descriptor ?? -1,
            tree.BackupIdentity,
            tree.Backup?.Since ?? default);
        var part = new CopyPart(roots, [.. _described], [.. _runs], [.. _entries]) { First = 0, End = _count, Settings = tree.Settings, Pace = pace };
        var gathered = new GatheredPart(part, [.. _folders], new Dictionary<int, FileIdentity>(_files));
        _files.Clear();
        _folders.Clear();
        _described.Clear();
        _places.Clear();
        _runs.Clear();
        _entries.Clear();
        (_count, _bytes, _root) = (0, 0, null);
        return gathered;
    }

    private void Begin(TreeFolder folder, int place)
    {
        folder.Begin();
        _runs.Add(new PartRun(place, 1));
    }

    private int PlaceOf(TreeFolder folder)
    {
        if (_places.TryGetValue(folder, out int known))
            return known;
        var way = new Stack<TreeFolder>();
        for (TreeFolder? next = folder; next is not null && !_places.ContainsKey(next); next = next.Parent)
            way.Push(next);
        while (way.TryPop(out TreeFolder? next))
            Describe(next);
        return _places[folder];
    }

    private void Describe(TreeFolder folder)
    {
        _root ??= folder;
        _places.Add(folder, _folders.Count);
        _folders.Add(folder);
        _described.Add(new PartFolder(
            folder.Parent is { } parent ? _places[parent] : -1,
            folder.Source.Name,
            folder.Source.Identity,
            folder.Destination.Name,
            folder.Destination.Identity,
            folder.TargetName,
            folder.IsNew,
            folder.PassesLists,
            folder.Names is not null));
    }
}
