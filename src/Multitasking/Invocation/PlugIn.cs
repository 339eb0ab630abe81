using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// What a process knows of a plug-in, an assembly that is no part of its program, so that another finds it, and what it refers to, as this
/// one did.
/// </summary>
/// <param name="Context">The load context that keeps it apart, the same in all processes of the family; empty for the default one.</param>
/// <param name="AsksFirst">Whether the context asks the default one before it looks for itself, as contexts do that do not say
/// otherwise.</param>
/// <param name="Files">The simple names and paths of the assemblies that this context has loaded.</param>
/// <param name="Shared">The simple names of assemblies that the context takes from the default one.</param>
internal sealed record PlugIn(Guid Context, bool AsksFirst, IReadOnlyList<(string Name, string Path)> Files, IReadOnlyList<string> Shared)
{
    private static readonly ConditionalWeakTable<AssemblyLoadContext, object> s_contexts = [];

    internal static PlugIn Of(AssemblyLoadContext context)
    {
        bool isDefault = context == AssemblyLoadContext.Default;
        Assembly[] loaded =
        [
            .. context.Assemblies.Where(assembly => assembly is { IsDynamic: false, Location.Length: > 0 }
                && !(isDefault && AssemblyPlace.IsOfProgram(assembly.Location))),
        ];
        var files = loaded.Select(static assembly => (assembly.GetName().Name!, assembly.Location));
        return context is PlugInContext known
            ? new PlugIn(known.Id, known.AsksFirst, [.. files], SharedBy(loaded))
            : new PlugIn(IdOf(context), IsOfFramework(context), [.. files], isDefault ? [] : SharedBy(loaded));
    }

    /// <summary>Whether it is of no class of the user's, which alone may look for itself first.</summary>
    private static bool IsOfFramework(AssemblyLoadContext context) => context.GetType().Assembly == typeof(AssemblyLoadContext).Assembly;

    /// <summary>
    /// What assemblies refer to and the default context has loaded, in the very version: an interface that plug-ins implement. Of another
    /// version a plug-in has its own, as a rule; to ask the context would be to run code of the user.
    /// </summary>
    private static string[] SharedBy(Assembly[] loaded)
    {
        var names = loaded.Select(static assembly => assembly.GetName().Name!).ToHashSet();
        var others = AssemblyLoadContext.Default.Assemblies.Select(static assembly => assembly.GetName())
            .DistinctBy(static name => name.Name)
            .ToDictionary(static name => name.Name!, static name => name.Version);
        return
        [
            .. loaded.SelectMany(static assembly => assembly.GetReferencedAssemblies())
                .Where(name => !names.Contains(name.Name!) && others.TryGetValue(name.Name!, out var version) && version == name.Version)
                .Select(static name => name.Name!).Distinct(),
        ];
    }

    internal void Write(ByteWriter bytes)
    {
        Span<byte> context = stackalloc byte[16];
        Context.TryWriteBytes(context);
        bytes.WriteBlock(context);
        bytes.WriteByte(AsksFirst ? (byte)1 : (byte)0);
        bytes.WriteNumber(Files.Count);
        foreach (var (name, path) in Files)
        {
            bytes.WriteText(name);
            bytes.WriteText(path);
        }
        bytes.WriteNumber(Shared.Count);
        foreach (string name in Shared)
            bytes.WriteText(name);
    }

    internal static PlugIn Read(ByteReader bytes)
    {
        var context = new Guid(bytes.Take(16));
        bool asksFirst = bytes.ReadByte() == 1;
        var files = new (string, string)[bytes.ReadCount(sizeOfEach: 2)];
        for (int i = 0; i < files.Length; i++)
            files[i] = (bytes.ReadText(), bytes.ReadText());
        var shared = new string[bytes.ReadCount()];
        for (int i = 0; i < shared.Length; i++)
            shared[i] = bytes.ReadText();
        return new PlugIn(context, asksFirst, files, shared);
    }

    private static Guid IdOf(AssemblyLoadContext context) =>
        context == AssemblyLoadContext.Default ? Guid.Empty : (Guid)s_contexts.GetValue(context, static _ => Guid.NewGuid());
}
