namespace Multitasking.Solution.Infrastructure;

public sealed class StorageException(string message) : Exception(message);
