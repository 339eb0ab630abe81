namespace Multitasking.Pools;

/// <summary>The captured variables of a map's target as they were when the map began; disposed of when it ends.</summary>
internal interface ICaptured : IDisposable;
