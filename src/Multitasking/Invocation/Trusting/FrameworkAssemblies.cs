using System.Reflection;

namespace Multitasking.Invocation.Trusting;

/// <summary>
/// Loads parts of the framework that another process names and this one has not needed yet: an answer may be the first to hold a number
/// of theirs.
/// </summary>
internal static class FrameworkAssemblies
{
    // Of the shared framework, and of nothing that a package brings under a name like theirs.
    private static readonly string[] s_keys = ["b03f5f7f11d50a3a", "cc7b13ffcd2ddd51", "b77a5c561934e089", "7cec85d7bea7798e"];

    /// <returns><see langword="null"/> if it is none, or not there.</returns>
    internal static Assembly? Load(string fullName)
    {
        try
        {
            var name = new AssemblyName(fullName);
            if (!IsFrameworks(name))
                return null;
            var assembly = Assembly.Load(name);
            return ShapeCatalog.IsFrameworks(assembly) && IsBesideCore(assembly) ? assembly : null;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsFrameworks(AssemblyName name) =>
        (name.Name is { } text
            && (text.StartsWith("System.", StringComparison.Ordinal) || text.StartsWith("Microsoft.", StringComparison.Ordinal)))
        && name.GetPublicKeyToken() is { Length: > 0 } key && Array.IndexOf(s_keys, Convert.ToHexStringLower(key)) >= 0;

    /// <summary>A program that is one file has no folder to compare.</summary>
    private static bool IsBesideCore(Assembly assembly) =>
        Path.GetDirectoryName(assembly.Location) == Path.GetDirectoryName(typeof(object).Assembly.Location);
}
