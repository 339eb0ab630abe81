using System.Text;

namespace Multitasking.Children;

/// <summary>
/// <c>dotnet exec … Multitasking.dll</c>: this library's own <c>Main</c> in the runtime, and with the dependencies and settings, of the
/// program that uses it. Possible where the program shares an installed runtime.
/// </summary>
internal static class DotnetExec
{
    /// <returns>The executable and its arguments; <see langword="null"/> where the program brings its own runtime or is one file.</returns>
    internal static (string Path, IReadOnlyList<byte[]> Arguments)? TryFind(string executable, HostArguments host)
    {
        string runtime = typeof(object).Assembly.Location, library = typeof(DotnetExec).Assembly.Location;
        if (library.Length == 0 || HostArguments.EntryPath() is not { } entry || HostOf(runtime) is not { } dotnet)
            return null;
        List<byte[]> arguments = [Encoding.UTF8.GetBytes(dotnet)];
        if (!Has(host.Options, "exec"))
            arguments.Add("exec"u8.ToArray());
        arguments.AddRange(host.Options);
        if (!Has(host.Options, "--runtimeconfig") && !TryAdd("--runtimeconfig", Path.ChangeExtension(entry, ".runtimeconfig.json")))
            return null;
        // Without a list of dependencies the host takes all assemblies beside the one it runs.
        if (!Has(host.Options, "--depsfile") && !TryAdd("--depsfile", Path.ChangeExtension(entry, ".deps.json"))
            && Path.GetDirectoryName(entry) != Path.GetDirectoryName(library))
            return null;
        arguments.Add(Encoding.UTF8.GetBytes(library));
        arguments.AddRange(host.Own);
        return (dotnet, arguments);

        bool TryAdd(string option, string file)
        {
            if (!File.Exists(file))
                return false;
            arguments.Add(Encoding.UTF8.GetBytes(option));
            arguments.Add(Encoding.UTF8.GetBytes(file));
            return true;
        }
    }

    /// <summary>The host that belongs to a runtime at <c>ROOT/shared/Microsoft.NETCore.App/VERSION</c> is <c>ROOT/dotnet</c>.</summary>
    private static string? HostOf(string runtimeFile)
    {
        string? version = Path.GetDirectoryName(runtimeFile), framework = Path.GetDirectoryName(version), shared = Path.GetDirectoryName(framework);
        if (Path.GetFileName(framework) != "Microsoft.NETCore.App" || Path.GetFileName(shared) != "shared")
            return null;
        string dotnet = Path.Combine(Path.GetDirectoryName(shared)!, "dotnet");
        return File.Exists(dotnet) ? dotnet : null;
    }

    private static bool Has(IReadOnlyList<byte[]> options, string option)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(option);
        return options.Any(one => one.AsSpan().SequenceEqual(bytes));
    }
}
