namespace Multitasking;

/// <summary>The base of what this library throws of its own; see the derived types for what happened.</summary>
public abstract class MultitaskingException : Exception
{
    private protected MultitaskingException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
