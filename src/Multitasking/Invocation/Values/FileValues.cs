using System.Runtime.CompilerServices;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation.Values;

/// <summary>Files and folders by their paths, full and as they were given. What was asked of the file system is asked anew.</summary>
internal static class FileValues
{
    internal static Shape? File(Type type)
    {
        if (type == typeof(FileInfo))
            return new ValueShape(type, Write, static reader => Read(reader, static path => new FileInfo(path)));
        return null;
    }

    internal static Shape? Folder(Type type)
    {
        if (type == typeof(DirectoryInfo))
            return new ValueShape(type, Write, static reader => Read(reader, static path => new DirectoryInfo(path)));
        return null;
    }

    private static void Write(GraphWriter writer, object value)
    {
        var info = (FileSystemInfo)value;
        writer.Bytes.WriteText(info.FullName);
        writer.Bytes.WriteText(GivenTo(info));
    }

    private static FileSystemInfo Read(GraphReader reader, Func<string, FileSystemInfo> make)
    {
        // The other process may have another working directory.
        var info = make(reader.Bytes.ReadText());
        GivenTo(info) = reader.Bytes.ReadText();
        return info;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "OriginalPath")]
    private static extern ref string GivenTo(FileSystemInfo info);
}
