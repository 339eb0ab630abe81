using System.Text;

namespace Multitasking.Copying.Interop;

/// <summary>Where process ids mean what they mean to this process: this namespace of them, on this machine, since it was started.</summary>
internal static class ProcessSpace
{
    private const ulong FnvBasis = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Bits that are the same for all processes there, and very probably others elsewhere.</summary>
    internal static long Tag { get; } = Hash(Boot() + Namespace());

    private static string Boot()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.MachineName;
        }
    }

    private static string Namespace()
    {
        try
        {
            return new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The same in every process, which <see cref="string.GetHashCode()"/> is not.</summary>
    private static long Hash(string text)
    {
        ulong hash = FnvBasis;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * FnvPrime;
        return (long)(hash >> 32);
    }
}
