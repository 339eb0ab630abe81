using Multitasking.Copying;

namespace Mtcopy.CommandLine.Values;

/// <summary>Paths in options.</summary>
internal static class Paths
{
    /// <summary>The path, or an empty one if the option was not given.</summary>
    /// <exception cref="UsageException">It is empty.</exception>
    public static FilePath Of(GivenOption? option, string what)
    {
        if (option is null)
            return default;
        return option.Value.Length > 0 ? option.Value : throw UsageException.Value(option, what);
    }
}
