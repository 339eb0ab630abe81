using System.Runtime.InteropServices;
using Multitasking.Interop;

namespace Multitasking.Bootstrap;

/// <summary>
/// What a child does about the signals that a terminal sends to all processes of a program: Ctrl-C, and the end of the terminal.
/// </summary>
/// <remarks>
/// SIGQUIT (Ctrl-\) ends every child at once, as it ends the program. A program that ends for any of them takes its children along, by
/// their links.
/// </remarks>
internal static class TerminalSignals
{
    /// <summary>In a process that serves others, what becomes of their work is for the program to decide: the signals do nothing.</summary>
    internal static IDisposable LetPass() =>
        new Registrations(static context => context.Cancel = true, PosixSignal.SIGINT, PosixSignal.SIGHUP);

    /// <summary>
    /// .NET leaves these signals and SIGTERM to the system, which ends the process at once; a target that holds a token is asked instead.
    /// </summary>
    internal static IDisposable Ask(Lifeline lifeline) => new Registrations(
        context =>
        {
            context.Cancel = true;
            lifeline.RequestEnd(NumberOf(context.Signal));
        },
        PosixSignal.SIGTERM,
        PosixSignal.SIGINT,
        PosixSignal.SIGHUP);

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => Constants.SIGINT,
        PosixSignal.SIGHUP => Constants.SIGHUP,
        _ => Constants.SIGTERM,
    };

    private sealed class Registrations : IDisposable
    {
        private readonly PosixSignalRegistration[] _each;

        internal Registrations(Action<PosixSignalContext> handler, params PosixSignal[] signals)
        {
            _each = new PosixSignalRegistration[signals.Length];
            for (int i = 0; i < signals.Length; i++)
                _each[i] = PosixSignalRegistration.Create(signals[i], handler);
        }

        public void Dispose()
        {
            foreach (var registration in _each)
                registration.Dispose();
        }
    }
}
