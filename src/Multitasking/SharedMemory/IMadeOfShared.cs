namespace Multitasking.SharedMemory;

/// <summary>Marks this library's classes that are made of shared objects and nothing else: they travel by their fields, also in what another process is not believed in otherwise.</summary>
internal interface IMadeOfShared;
