namespace Multitasking.Copying.Metadata;

/// <summary>The process' file mode creation mask, read without changing it: <c>umask(2)</c> can only read by writing.</summary>
internal static class Umask
{
    private const uint Everything = 0x1FF;

    /// <summary>The mask; where it cannot be read, one that makes every mode be set explicitly.</summary>
    internal static uint Read()
    {
        try
        {
            foreach (string line in File.ReadLines("/proc/self/status"))
                if (line.StartsWith("Umask:", StringComparison.Ordinal))
                    return Convert.ToUInt32(line[6..].Trim(), 8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // No /proc: then every file gets one more system call, nothing else.
        }

        return Everything;
    }
}
