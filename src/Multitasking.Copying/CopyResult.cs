namespace Multitasking.Copying;

/// <summary>What a copy did.</summary>
public sealed record CopyResult
{
    /// <summary>Files written, new ones and replaced ones.</summary>
    public required long FilesCopied { get; init; }

    /// <summary>Files and links that were already there with the same size and time.</summary>
    public required long FilesUnchanged { get; init; }

    /// <summary>Folders created.</summary>
    public required long FoldersCreated { get; init; }

    /// <summary>Symbolic links written.</summary>
    public required long LinksCopied { get; init; }

    /// <summary>Further names made for files that were copied already, and that were one file in the source too.</summary>
    public long HardLinksMade { get; init; }

    /// <summary>FIFOs, sockets and devices made.</summary>
    public long SpecialsCreated { get; init; }

    /// <summary>Entries that a filter, the update rule or another file system kept out.</summary>
    public long EntriesSkipped { get; init; }

    /// <summary>Entries removed from the destination because the source does not have them.</summary>
    public long EntriesDeleted { get; init; }

    /// <summary>Bytes of content written.</summary>
    public required long BytesCopied { get; init; }

    /// <summary>Every entry that was not copied, or not completely, in the order in which the problems were met.</summary>
    public required IReadOnlyList<CopyError> Errors { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Worker processes that were lost and replaced; their files were copied by others.</summary>
    public required int WorkersLost { get; init; }

    /// <summary>Whether <see cref="CopyOptions.OnError"/> ended the copy early.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Whether everything was copied.</summary>
    public bool IsComplete => Errors.Count == 0 && !IsStopped;

    /// <summary>Throws if anything was not copied.</summary>
    /// <exception cref="CopyFailedException"><see cref="Errors"/> is not empty.</exception>
    public void ThrowIfFailed()
    {
        if (!IsComplete)
            throw new CopyFailedException(this);
    }
}
