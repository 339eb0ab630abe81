using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Parts;

/// <summary>An entry of a part that was not copied.</summary>
/// <param name="Folder">Its folder, among the part's folders.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Fault">Why.</param>
/// <param name="Index">Which entry of the part it is.</param>
internal sealed record PartError(int Folder, byte[] Name, Fault Fault, int Index);
