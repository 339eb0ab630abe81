namespace Multitasking;

/// <summary>The base of what this library throws of its own; see the derived types for what happened.</summary>
public abstract class MultitaskingException : Exception
{
    private protected MultitaskingException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>
    /// For a call of a pool's <c>Map…</c> and <c>ForEach…</c>: which item of the source it was about, counted from 0; <see langword="null"/> otherwise.
    /// </summary>
    public long? ItemIndex { get; internal set; }
}
