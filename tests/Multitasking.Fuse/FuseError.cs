namespace Multitasking.Fuse;

/// <summary>An error number of Linux, by its name in <c>errno.h</c>.</summary>
public enum FuseError
{
    /// <summary>Success.</summary>
    None = 0,

    /// <summary>EPERM.</summary>
    NotPermitted = 1,

    /// <summary>ENOENT.</summary>
    NoEntry = 2,

    /// <summary>EINTR.</summary>
    Interrupted = 4,

    /// <summary>EIO.</summary>
    InputOutput = 5,

    /// <summary>EAGAIN.</summary>
    TryAgain = 11,

    /// <summary>ENOMEM.</summary>
    NoMemory = 12,

    /// <summary>EACCES.</summary>
    NoAccess = 13,

    /// <summary>EEXIST.</summary>
    Exists = 17,

    /// <summary>ENODEV.</summary>
    NoDevice = 19,

    /// <summary>ENOTDIR.</summary>
    NoFolder = 20,

    /// <summary>EISDIR.</summary>
    IsFolder = 21,

    /// <summary>EINVAL.</summary>
    Invalid = 22,

    /// <summary>ENOSPC.</summary>
    NoSpace = 28,

    /// <summary>EROFS.</summary>
    ReadOnly = 30,

    /// <summary>ENOSYS: to the kernel it means that it need not ask for this again.</summary>
    NotThere = 38,

    /// <summary>ENOTEMPTY.</summary>
    NotEmpty = 39,

    /// <summary>ENOTCONN.</summary>
    NotConnected = 107,

    /// <summary>ESTALE.</summary>
    Stale = 116,

    /// <summary>EDQUOT.</summary>
    QuotaExceeded = 122,
}
