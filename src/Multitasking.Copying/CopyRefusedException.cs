namespace Multitasking.Copying;

/// <summary>
/// Thrown before a copy begins, when what was asked for cannot be meant: a source that is missing, a folder that would go into itself, a
/// file onto itself, two sources that meet in one name, a folder onto a file. Nothing was read or written.
/// </summary>
public sealed class CopyRefusedException : IOException
{
    /// <summary>Makes the exception of the error that it is about.</summary>
    /// <param name="error">What was refused; its path is the source.</param>
    /// <param name="destination">Where it was to go.</param>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    public CopyRefusedException(CopyError error, FilePath destination)
        : base(Describe(error))
    {
        Error = error;
        Destination = destination;
    }

    /// <summary>The source, the kind, and the reason in words, which name both paths.</summary>
    public CopyError Error { get; }

    /// <summary>Where it was to go.</summary>
    public FilePath Destination { get; }

    private static string Describe(CopyError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.ToString();
    }
}
