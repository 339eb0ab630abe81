using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Parts;

/// <summary>
/// The two folders that the ways of a part begin at. They are open in the process that gave the order; another one opens the very same
/// through <c>/proc</c> (see <c>proc_pid_fd(5)</c>), whatever their paths are by now.
/// </summary>
/// <param name="ProcessId">The process that has them open.</param>
/// <param name="Source">The descriptor of the source.</param>
/// <param name="SourceIdentity">Which folder that must be.</param>
/// <param name="Destination">The descriptor of the copy.</param>
/// <param name="DestinationIdentity">Which folder that must be.</param>
/// <param name="Backup">The descriptor of the folder for backups, or -1.</param>
/// <param name="BackupIdentity">Which folder that must be.</param>
/// <param name="BackupSince">When the run began, by the clock of its file system.</param>
internal sealed record PartRoots(
    int ProcessId, int Source, FileIdentity SourceIdentity, int Destination, FileIdentity DestinationIdentity, int Backup, FileIdentity BackupIdentity, TimeSpec BackupSince);
