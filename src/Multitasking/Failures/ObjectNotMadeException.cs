namespace Multitasking;

/// <summary>
/// An object arrived, and code of the program failed that makes it complete there: <c>FromSurrogate</c> of its converter, a method marked
/// <c>[OnDeserialized]</c>, the comparer of a collection or a key's <c>GetHashCode</c>. <see cref="Exception.InnerException"/> is what that
/// code threw; the message names it, and the path to the object.
/// </summary>
/// <remarks>
/// Where a process reads its call, it is the <see cref="Exception.InnerException"/> of a <see cref="RemoteException"/>; where an answer, a
/// report or a message is read, it is thrown there. The worker goes on: it did what it was asked for.
/// </remarks>
public sealed class ObjectNotMadeException : MultitaskingException
{
    internal ObjectNotMadeException(string path, string code, Exception cause)
        : base($"{path} arrived and could not be made: {code} failed: {cause.Message}", cause) =>
        Path = path;

    /// <summary>The path to the object within what was sent, with its type.</summary>
    public string Path { get; }
}
