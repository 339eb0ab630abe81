namespace Multitasking.Copying;

/// <summary>Something that happened to one entry of a copy, or would happen in a dry run.</summary>
public sealed record CopyEvent
{
    /// <summary>What happened.</summary>
    public required CopyEventKind Kind { get; init; }

    /// <summary>
    /// The entry's path below the source as it was given; of what was <see cref="CopyEventKind.Deleted"/> or <see cref="CopyEventKind.BackedUp"/>, its path below the destination as
    /// it was given. Empty for <see cref="CopyEventKind.Finished"/>.
    /// </summary>
    public FilePath Path { get; init; }

    /// <summary>Bytes of content that were written for it.</summary>
    public long Bytes { get; init; }

    /// <summary>Why, in a few words, where there is something to say: which difference was found, which rule left it out. One line, safe to print.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong; only with <see cref="CopyEventKind.Failed"/>.</summary>
    public CopyError? Error { get; init; }

    /// <summary>The outcome of the whole; only with <see cref="CopyEventKind.Finished"/>.</summary>
    public CopyResult? Result { get; init; }
}
