using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Metadata;

/// <summary>A file whose extended attributes are meant: an open one, or one by its path, whose last part is not followed.</summary>
internal readonly unsafe ref struct AttributeEnd
{
    private readonly int _descriptor;
    private readonly byte* _path;

    /// <summary>An open file or folder.</summary>
    internal AttributeEnd(int descriptor) => _descriptor = descriptor;

    /// <summary>What cannot be opened for that: a link, a device, or a file that nobody wants to open. The path ends with NUL.</summary>
    internal AttributeEnd(byte* path) => _path = path;

    internal long List(byte* names, long length) => _path is null ? Kernel.ListAttributes(_descriptor, names, length) : Kernel.ListAttributesOf(_path, names, length);

    internal long Read(byte* name, byte* value, long length) =>
        _path is null ? Kernel.ReadAttribute(_descriptor, name, value, length) : Kernel.ReadAttributeOf(_path, name, value, length);

    internal int Write(byte* name, byte* value, long length) =>
        _path is null ? Kernel.WriteAttribute(_descriptor, name, value, length) : Kernel.WriteAttributeOf(_path, name, value, length);

    internal int Remove(byte* name) => _path is null ? Kernel.RemoveAttribute(_descriptor, name) : Kernel.RemoveAttributeOf(_path, name);
}
