using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Parts;

/// <summary>A part and the folders that wait for it.</summary>
/// <param name="Part">What a process gets.</param>
/// <param name="Folders">The folders that the part's places mean.</param>
internal sealed record GatheredPart(CopyPart Part, TreeFolder[] Folders);
