using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary><c>struct termios</c> (termios(3)): how a terminal reads and writes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TerminalSettings
{
    internal uint Input;
    internal uint Output;
    internal uint Control;
    internal uint Local;
    internal byte Discipline;
    internal Characters Special;
    internal uint InputSpeed;
    internal uint OutputSpeed;

    /// <summary>Tells whether it hands over whole lines and shows what is typed, as it does for a shell's programs.</summary>
    internal readonly bool IsOfLines => (Local & (ICANON | ECHO)) == (ICANON | ECHO);

    /// <summary>Tells whether these are settings in which .NET's console reads keys where the terminal was set otherwise before.</summary>
    /// <param name="before">What it was set to before.</param>
    /// <remarks>
    /// It turns off these flags and no others, whatever it does about signals and the end of a line (<c>ConfigureTerminal</c> in the
    /// runtime's <c>pal_console.c</c>). A program that has the whole screen turns off more, or less.
    /// </remarks>
    internal readonly bool IsReadingKeys(in TerminalSettings before) =>
        (Local & ~ISIG) == (before.Local & ~(ICANON | ECHO | IEXTEN | ISIG))
        && (Input & ~ICRNL) == (before.Input & ~(IXON | IXOFF | ICRNL))
        && Output == before.Output;

    /// <summary><c>c_cc</c>.</summary>
    [InlineArray(NCCS)]
    internal struct Characters
    {
        private byte _first;
    }
}
