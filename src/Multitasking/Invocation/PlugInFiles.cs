using System.Reflection;
using System.Runtime.Loader;

namespace Multitasking.Invocation;

/// <summary>
/// Finds the files of what plug-ins of one load context refer to: where the other process had it from, else as the plug-in's own list says
/// (<c>.deps.json</c>), else beside it.
/// </summary>
internal sealed class PlugInFiles
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _files = [];
    private readonly HashSet<string> _shared = [];
    private readonly List<AssemblyDependencyResolver> _resolvers = [];
    private readonly List<string> _folders = [];
    private readonly HashSet<string> _known = [];

    /// <summary>Takes in what another process knows.</summary>
    internal void Learn(PlugIn plugIn, string location)
    {
        lock (_lock)
        {
            foreach (var (name, path) in plugIn.Files)
                _files[name] = path;
            _shared.UnionWith(plugIn.Shared);
            if (!_known.Add(location))
                return;
            string folder = Path.GetDirectoryName(location)!;
            if (!_folders.Contains(folder))
                _folders.Add(folder);
            try
            {
                _resolvers.Add(new AssemblyDependencyResolver(location));
            }
            catch (InvalidOperationException)
            {
                // A list that cannot be read, or a host that does not read any: what lies beside the plug-in is found all the same.
            }
        }
    }

    /// <summary>The file of an assembly that the other process has loaded into this context.</summary>
    internal string? FindKnown(AssemblyName assembly)
    {
        lock (_lock)
            return _files.GetValueOrDefault(assembly.Name!);
    }

    /// <summary>Whether it comes from the default context: what the other process has from there, and this library.</summary>
    internal bool IsShared(AssemblyName assembly)
    {
        lock (_lock)
            return _shared.Contains(assembly.Name!) || assembly.Name == typeof(PlugInFiles).Assembly.GetName().Name;
    }

    /// <summary>The file of an assembly that belongs to a plug-in.</summary>
    internal string? FindBeside(AssemblyName assembly)
    {
        lock (_lock)
        {
            if (_files.TryGetValue(assembly.Name!, out string? known))
                return known;
            foreach (var resolver in _resolvers)
                if (resolver.ResolveAssemblyToPath(assembly) is { } listed)
                    return listed;
            foreach (string folder in _folders)
                if (Path.Combine(folder, $"{assembly.Name}.dll") is var beside && File.Exists(beside))
                    return beside;
            return null;
        }
    }

    /// <summary>The file of a native library; <see langword="null"/> where the system is to be asked.</summary>
    internal string? FindNative(string name)
    {
        lock (_lock)
        {
            foreach (var resolver in _resolvers)
                if (resolver.ResolveUnmanagedDllToPath(name) is { } listed)
                    return listed;
            return null;
        }
    }
}
