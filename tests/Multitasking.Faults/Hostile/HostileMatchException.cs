namespace Multitasking.Faults.Hostile;

/// <summary>A hostile worker did more than harm itself and its task.</summary>
public sealed class HostileMatchException(string message) : Exception(message);
