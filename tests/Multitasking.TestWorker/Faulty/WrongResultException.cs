namespace Multitasking.TestWorker.Faulty;

/// <summary>A step ended in good order, but with something that it must not bring.</summary>
internal sealed class WrongResultException(string message) : Exception(message);
