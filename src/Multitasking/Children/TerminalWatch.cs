using System.Globalization;
using System.Runtime.InteropServices;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>
/// Gives the terminal back as a child found it, if the child was killed while it read keys (<see cref="Console.ReadKey()"/>): it cannot do
/// so itself then, and what is typed would not be shown.
/// </summary>
/// <remarks>
/// A terminal does not tell who set it. So nothing is done unless the settings are those of .NET's console in the middle of reading, and
/// this process, which uses the same console, is not reading
/// itself; a program with a screen of its own keeps its settings.
/// </remarks>
internal sealed unsafe class TerminalWatch
{
    private const int Terminal = 0;

    // read(2), the only call in which .NET waits for a key (<asm/unistd.h>).
    private static readonly string s_read = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "63" : "0";

    private readonly TerminalSettings _before;

    private TerminalWatch(in TerminalSettings before) => _before = before;

    /// <summary>
    /// Notes how the terminal is set, right before a child is started; <see langword="null"/> where there is none, or where somebody has
    /// set it already.
    /// </summary>
    internal static TerminalWatch? BeforeStart()
    {
        TerminalSettings settings;
        return LibC.GetTerminalSettings(Terminal, &settings) == 0 && settings.IsOfLines ? new TerminalWatch(settings) : null;
    }

    /// <summary>Gives it back, if the child's end calls for that.</summary>
    /// <param name="exitCode">How the child ended.</param>
    internal void AfterEnd(int? exitCode)
    {
        TerminalSettings now;
        if (exitCode >= 0 || LibC.GetTerminalSettings(Terminal, &now) != 0 || !now.IsReadingKeys(_before))
            return;
        // A process in the background that changes the terminal is stopped (SIGTTOU); the shell has its own settings by then.
        if (LibC.GetForegroundGroup(Terminal) != LibC.GetProcessGroup() || IsThisProcessReading())
            return;
        fixed (TerminalSettings* before = &_before)
            // An error leaves the terminal as it is, and nobody could do more about it.
            _ = LibC.SetTerminalSettings(Terminal, TCSANOW, before);
    }

    /// <summary>Tells whether a thread of this process waits for input; assumed where the system does not say.</summary>
    private static bool IsThisProcessReading()
    {
        try
        {
            foreach (string thread in Directory.GetDirectories("/proc/self/task"))
                if (IsReading(thread))
                    return true;
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <param name="thread">Its folder in <c>/proc/self/task</c>.</param>
    private static bool IsReading(string thread)
    {
        // The number of the call, and its arguments in hexadecimal (proc(5), /proc/pid/syscall); "running" for a thread that is in none.
        string[] call;
        try
        {
            call = File.ReadAllText($"{thread}/syscall").Split(' ');
        }
        catch (FileNotFoundException)
        {
            // It ended meanwhile.
            return false;
        }
        TerminalSettings any;
        return call.Length > 1 && call[0] == s_read
            && int.TryParse(call[1].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int descriptor)
            && LibC.GetTerminalSettings(descriptor, &any) == 0;
    }
}
