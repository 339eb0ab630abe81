using Multitasking.Copying.Interop;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Parts;

/// <summary>A part and the folders that wait for it.</summary>
/// <param name="Part">What a process gets.</param>
/// <param name="Folders">The folders that the part's places mean.</param>
/// <param name="Files">The files with several names whose first name is in it, by where in the part that is.</param>
internal sealed record GatheredPart(CopyPart Part, TreeFolder[] Folders, IReadOnlyDictionary<int, FileIdentity> Files);
