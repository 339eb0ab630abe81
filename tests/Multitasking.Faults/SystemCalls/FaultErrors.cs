namespace Multitasking.Faults.SystemCalls;

/// <summary>The errors that each system call can give, as section 2 and 3 of the manual have them, without those of a caller that is wrong (EBADF, EFAULT).</summary>
public static class FaultErrors
{
    private static readonly Dictionary<string, int> s_numbers = new()
    {
        ["EPERM"] = 1,
        ["ENOENT"] = 2,
        ["ESRCH"] = 3,
        ["EINTR"] = 4,
        ["EIO"] = 5,
        ["ECHILD"] = 10,
        ["EAGAIN"] = 11,
        ["ENOMEM"] = 12,
        ["EACCES"] = 13,
        ["EBUSY"] = 16,
        ["EINVAL"] = 22,
        ["ENFILE"] = 23,
        ["EMFILE"] = 24,
        ["EFBIG"] = 27,
        ["ENOSPC"] = 28,
        ["ESPIPE"] = 29,
        ["EPIPE"] = 32,
        ["EDEADLK"] = 35,
        ["ENOLCK"] = 37,
        ["ENOSYS"] = 38,
        ["EOPNOTSUPP"] = 95,
        ["ECONNRESET"] = 104,
        ["ENOBUFS"] = 105,
        ["ENOTCONN"] = 107,
        ["ETOOMANYREFS"] = 109,
        ["ETIMEDOUT"] = 110,
    };

    // Without what says something that is not so: an eventfd that says EAGAIN rings already, a child that is not reaped is there (no
    // ESRCH), memory that has no seals (EINVAL) is refused with good reason. EPERM and ENOSYS are also what seccomp(2) filters of containers give.
    private static readonly Dictionary<string, string[]> s_errors = new()
    {
        ["socketpair"] = ["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS"],
        ["send"] = ["EINTR", "EAGAIN", "ENOBUFS", "ENOMEM", "EPIPE", "ECONNRESET"],
        ["recv"] = ["EINTR", "EAGAIN", "ENOMEM", "ENOBUFS"],
        ["sendmsg"] = ["EINTR", "EAGAIN", "ENOBUFS", "ENOMEM", "EPIPE", "ETOOMANYREFS"],
        ["recvmsg"] = ["EINTR", "EAGAIN", "ENOMEM", "ECONNRESET"],
        ["getsockopt"] = [],
        ["shutdown"] = ["ENOTCONN", "ENOBUFS"],
        ["close"] = ["EINTR", "EIO", "ENOSPC"],
        ["read"] = ["EINTR", "EAGAIN", "EIO"],
        ["write"] = ["EINTR", "EIO", "ENOSPC"],
        ["lseek"] = ["ESPIPE"],
        ["poll"] = ["EINTR", "ENOMEM", "EINVAL"],
        ["ppoll"] = ["EINTR", "ENOMEM", "EINVAL"],
        ["eventfd"] = ["EMFILE", "ENFILE", "ENOMEM"],
        ["memfd_create"] = ["EMFILE", "ENFILE", "ENOMEM"],
        ["posix_fallocate"] = ["EINTR", "ENOSPC", "ENOMEM", "EFBIG", "EIO"],
        ["mmap"] = ["ENOMEM", "ENFILE", "EAGAIN"],
        ["munmap"] = ["ENOMEM"],
        ["madvise"] = ["EAGAIN", "ENOMEM", "EINVAL"],
        ["ftruncate"] = ["EINTR", "EFBIG", "EIO", "ENOMEM"],
        ["fallocate"] = ["EINTR", "ENOSPC", "EOPNOTSUPP", "ENOMEM"],
        ["fchmod"] = ["EPERM", "EIO"],
        ["open"] = ["EMFILE", "ENFILE", "ENOENT", "EACCES", "EINTR", "ENOMEM"],
        ["posix_spawn"] = ["EAGAIN", "ENOMEM", "ENOENT", "EACCES", "EMFILE"],
        ["posix_spawn_file_actions_init"] = ["ENOMEM"],
        ["posix_spawn_file_actions_adddup2"] = ["ENOMEM"],
        ["posix_spawn_file_actions_destroy"] = ["EINVAL"],
        ["posix_spawn_file_actions_addclosefrom_np"] = ["ENOMEM"],
        ["posix_spawn_file_actions_addclose"] = ["ENOMEM"],
        ["posix_spawnattr_init"] = ["ENOMEM"],
        ["posix_spawnattr_setflags"] = ["EINVAL"],
        ["posix_spawnattr_setsigmask"] = ["EINVAL"],
        ["posix_spawnattr_destroy"] = ["EINVAL"],
        ["waitpid"] = ["EINTR", "ECHILD"],
        ["signal"] = ["EINVAL"],
        ["kill"] = ["EPERM"],
        ["raise"] = ["EAGAIN"],
        ["sched_getaffinity"] = ["EINVAL", "EPERM"],
        ["sched_setaffinity"] = ["EINVAL", "EPERM"],
        ["prctl"] = ["EINVAL", "EPERM"],
        ["unsetenv"] = ["ENOMEM"],
        ["setenv"] = ["ENOMEM"],
        ["waitid"] = ["EINTR", "EINVAL"],
        ["tcgetattr"] = ["EIO"],
        ["tcsetattr"] = ["EINTR", "EIO"],
        ["tcgetpgrp"] = ["EIO"],
        ["clock_gettime"] = ["EINVAL"],
        ["getrlimit"] = ["EPERM"],
        ["fcntl_setfd"] = ["EINTR", "EPERM"],
        ["fcntl_getfl"] = ["EPERM"],
        ["fcntl_setfl"] = ["EPERM"],
        ["fcntl_dupfd"] = ["EMFILE"],
        ["fcntl_addseals"] = ["EBUSY", "EPERM"],
        ["fcntl_getseals"] = [],
        ["fcntl_setlkw"] = ["EINTR", "ENOLCK", "EDEADLK"],
        ["fcntl_other"] = ["EPERM"],
        ["pidfd_open"] = ["EMFILE", "ENFILE", "ENOMEM", "ENOSYS", "EPERM"],
        ["pidfd_send_signal"] = ["EPERM", "EINVAL", "ENOSYS"],
        ["futex_wait"] = ["EINTR", "EAGAIN", "ETIMEDOUT"],
        ["futex_wake"] = ["EINVAL"],
        ["futex_waitv"] = ["EINTR", "EAGAIN", "ETIMEDOUT", "ENOMEM", "ENOSYS", "EPERM"],
        ["close_range"] = ["EMFILE", "ENOMEM", "ENOSYS"],
        ["syscall_other"] = ["EPERM", "ENOSYS"],
    };

    // What makes something: a program must also bear that there is nothing to be had for a long time.
    private static readonly HashSet<string> s_making =
    [
        "socketpair", "eventfd", "memfd_create", "posix_fallocate", "mmap", "ftruncate", "open", "posix_spawn", "posix_spawn_file_actions_adddup2", "prctl", "fcntl_dupfd",
        "fcntl_addseals", "fcntl_setfd", "pidfd_open", "sched_setaffinity", "sendmsg", "fcntl_getseals", "send", "recv", "recvmsg",
    ];

    /// <summary>The errors of a call.</summary>
    public static IReadOnlyList<string> Of(string call) => s_errors[call];

    /// <summary>The calls that are known here.</summary>
    public static IReadOnlyCollection<string> Calls => s_errors.Keys;

    internal static bool CanLast(string call) => s_making.Contains(call);

    internal static int Number(string error) => s_numbers[error];
}
