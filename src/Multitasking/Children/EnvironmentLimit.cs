using System.ComponentModel;
using System.Text;

namespace Multitasking.Children;

/// <summary>Refuses an environment that no new program can be given (execve(2), "Limits on size of arguments and environment").</summary>
internal static class EnvironmentLimit
{
    // MAX_ARG_STRLEN of <linux/binfmts.h>, without the final zero.
    private static readonly int s_longest = (32 * Environment.SystemPageSize) - 1;

    /// <param name="block">The environment of a child, <c>NAME=VALUE</c> each.</param>
    /// <exception cref="InvalidOperationException">A variable is longer than the system passes on.</exception>
    internal static void Check(IReadOnlyList<byte[]> block)
    {
        foreach (byte[] variable in block)
            if (variable.Length > s_longest)
                throw new InvalidOperationException(
                    $"No child can be started: {Sized(variable)}, and Linux passes no variable of more than {s_longest:N0} to a new program. " +
                    WayOut(variable));
    }

    /// <summary>Makes an error of the system's one that names what there is too much of.</summary>
    /// <param name="error">What a start gave: E2BIG.</param>
    /// <param name="block">The environment of the child.</param>
    internal static InvalidOperationException Explain(Win32Exception error, IReadOnlyList<byte[]> block)
    {
        byte[] longest = block.MaxBy(static one => one.Length)!;
        long sum = block.Sum(static one => one.Length + 1L);
        return new InvalidOperationException(
            $"No child can be started: the environment has {sum:N0} bytes, more than Linux passes to a new program beside its arguments. " +
            $"The largest part: {Sized(longest)}. {WayOut(longest)}",
            error);
    }

    private static string Sized(byte[] variable) => $"the environment variable {NameOf(variable)} has {variable.Length:N0} bytes";

    private static string WayOut(byte[] variable) =>
        $"Remove it before the start, by Environment.SetEnvironmentVariable(\"{NameOf(variable)}\", null), and give its value to the target as an " +
        "argument.";

    private static string NameOf(byte[] variable) => Encoding.UTF8.GetString(variable, 0, Math.Max(0, Array.IndexOf(variable, (byte)'=')));
}
