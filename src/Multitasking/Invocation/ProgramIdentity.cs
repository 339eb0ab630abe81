using System.Reflection;
using System.Runtime.Loader;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Which program this process is, or stands for: a child that this library's own <c>Main</c> hosts asks as if it were its parent.</summary>
/// <param name="EntryPath">The assembly whose <c>Main</c> the main process runs; empty where nothing has to be done for it.</param>
/// <param name="BaseDirectory">The parent's <see cref="AppContext.BaseDirectory"/>.</param>
internal sealed record ProgramIdentity(string EntryPath, string BaseDirectory)
{
    private const string BaseDirectoryProperty = "APP_CONTEXT_BASE_DIRECTORY";

    internal void Write(ByteWriter bytes)
    {
        bytes.WriteText(EntryPath);
        bytes.WriteText(BaseDirectory);
    }

    internal static ProgramIdentity Read(ByteReader bytes) => new(bytes.ReadText(), bytes.ReadText());

    /// <summary>Makes this process answer with the program's identity from now on.</summary>
    internal void Adopt()
    {
        if (EntryPath.Length == 0)
            return;
        Assembly.SetEntryAssembly(AssemblyLoadContext.Default.LoadFromAssemblyPath(EntryPath));
        if ((string?)AppContext.GetData(BaseDirectoryProperty) != BaseDirectory)
            AppContext.SetData(BaseDirectoryProperty, BaseDirectory);
    }
}
