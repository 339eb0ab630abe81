using System.Globalization;
using System.Text;

namespace Multitasking.Copying.Interop;

/// <summary>When a process started: with the id it names a process for good, since ids are used again.</summary>
internal static class ProcessStart
{
    /// <summary>The start in the kernel's ticks, or null when there is no such process any more (a zombie is none).</summary>
    internal static long? Of(int processId)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{processId}/stat", Encoding.Latin1);
            string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException or FormatException)
        {
            return null;
        }
    }
}
