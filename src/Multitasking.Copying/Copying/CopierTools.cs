using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Copying;

/// <summary>What one worker copies with: its memory, its temporary name, its counters, and what it shares with the others.</summary>
internal sealed unsafe class CopierTools(CopySettings settings, CopyRoutes routes, Pacer pacer, Tally tally, byte[] temporaryName, Action closeIdleFolders, CancellationToken cancellation)
{
    internal CopySettings Settings => settings;

    internal CopyRoutes Routes => routes;

    internal Pacer Pacer => pacer;

    internal Tally Tally => tally;

    /// <summary>Ends with NUL.</summary>
    internal byte[] TemporaryName => temporaryName;

    internal CopyBuffer Buffer { get; } = new();

    internal uint CreationMask { get; } = Umask.Read();

    internal CancellationToken Cancellation => cancellation;

    /// <summary>Called before so many bytes are copied.</summary>
    /// <exception cref="OperationCanceledException">The run ends.</exception>
    internal void Pass(long bytes) => pacer.Pass(bytes, cancellation);

    /// <summary>Opens an entry. Folders that are open in case they are needed again must not cost a file.</summary>
    internal int Open(int folder, byte* name, int flags, uint mode = 0)
    {
        int descriptor = Kernel.Open(folder, name, flags, mode);
        if (descriptor is not (-Errno.TooManyOpen or -Errno.TooManyOpenInSystem))
            return descriptor;
        closeIdleFolders();
        return Kernel.Open(folder, name, flags, mode);
    }
}
