using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Multitasking.Invocation;

/// <summary>
/// Keeps plug-ins apart that another process keeps apart: what is loaded there into one context is loaded here into one of these.
/// </summary>
internal sealed class PlugInContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<Guid, PlugInContext> s_all = [];
    private static readonly Lazy<PlugInFiles> s_default = new(static () =>
    {
        var files = new PlugInFiles();
        Default.Resolving += (context, name) => files.FindBeside(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        Default.ResolvingUnmanagedDll += (_, name) => files.FindNative(name) is { } path ? NativeLibrary.Load(path) : 0;
        return files;
    });

    private readonly PlugInFiles _files = new();

    private PlugInContext(Guid id, bool asksFirst) : base($"Multitasking plug-ins {id:N}")
    {
        (Id, AsksFirst) = (id, asksFirst);
        // Comes after the default context.
        Resolving += (_, name) => _files.FindBeside(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>Names the context in all processes of the family.</summary>
    internal Guid Id { get; }

    /// <summary>Whether it asks the default context before it looks for itself.</summary>
    internal bool AsksFirst { get; }

    /// <summary>Loads a plug-in as another process did.</summary>
    /// <param name="plugIn">What that knows of it.</param>
    /// <param name="location">Its file.</param>
    internal static Assembly Load(PlugIn plugIn, string location)
    {
        if (plugIn.Context == Guid.Empty)
        {
            s_default.Value.Learn(plugIn, location);
            return Default.LoadFromAssemblyPath(location);
        }
        var context = s_all.GetOrAdd(plugIn.Context, static (id, asksFirst) => new PlugInContext(id, asksFirst), plugIn.AsksFirst);
        context._files.Learn(plugIn, location);
        return context.LoadFromAssemblyPath(location);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string? path = _files.FindKnown(assemblyName)
            ?? (AsksFirst || _files.IsShared(assemblyName) ? null : _files.FindBeside(assemblyName));
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _files.FindNative(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
