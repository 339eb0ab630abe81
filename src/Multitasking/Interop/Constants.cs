namespace Multitasking.Interop;

/// <summary>Numbers of the Linux headers, the same on x64 and arm64; a test holds them against the C compiler.</summary>
internal static class Constants
{
    internal const int AF_UNIX = 1;
    internal const int SOCK_STREAM = 1;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SOL_SOCKET = 1;
    internal const int SCM_RIGHTS = 1;
    internal const int MSG_CMSG_CLOEXEC = 0x40000000;
    internal const int MSG_CTRUNC = 8;
    internal const int SO_PEERCRED = 17;
    internal const int SHUT_WR = 1;
    internal const int MSG_DONTWAIT = 0x40;
    internal const int MSG_NOSIGNAL = 0x4000;
    internal const int MSG_PEEK = 2;

    internal const int O_RDONLY = 0;
    internal const int O_RDWR = 2;
    internal const int O_CLOEXEC = 0x80000;
    internal const int F_GETFD = 1;
    internal const int F_SETFD = 2;
    internal const int F_GETFL = 3;
    internal const int O_ACCMODE = 3;
    internal const int F_GET_SEALS = 1034;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int F_SETLKW = 7;
    internal const int F_OFD_SETLK = 37;
    internal const short F_WRLCK = 1;
    internal const short F_UNLCK = 2;
    internal const int SEEK_CUR = 1;
    internal const int SEEK_END = 2;
    internal const int FD_CLOEXEC = 1;
    internal const int EFD_CLOEXEC = 0x80000;
    internal const int EFD_NONBLOCK = 0x800;

    internal const uint MFD_CLOEXEC = 1;
    internal const uint MFD_ALLOW_SEALING = 2;
    internal const int F_ADD_SEALS = 1033;
    internal const int F_SEAL_SEAL = 1;
    internal const int F_SEAL_SHRINK = 2;
    internal const int F_SEAL_GROW = 4;
    internal const int F_SEAL_FUTURE_WRITE = 16;
    internal const int PROT_READ = 1;
    internal const int PROT_WRITE = 2;
    internal const int MAP_SHARED = 1;
    internal const nint MAP_FAILED = -1;
    internal const int FUTEX_WAIT = 0;
    internal const int FUTEX_WAKE = 1;
    internal const int FUTEX_32 = 2;
    internal const int CLOCK_MONOTONIC = 1;
    internal const int CLOCK_THREAD_CPUTIME_ID = 3;
    internal const int MADV_DONTDUMP = 16;
    internal const int MADV_HUGEPAGE = 14;
    internal const int FALLOC_FL_KEEP_SIZE = 1;
    internal const int FALLOC_FL_PUNCH_HOLE = 2;

    internal const short POLLIN = 1;
    internal const short POLLOUT = 4;
    internal const short POLLERR = 8;
    internal const short POLLHUP = 16;
    internal const short POLLNVAL = 32;

    internal const int EINTR = 4;
    internal const int E2BIG = 7;
    internal const int EBADF = 9;
    internal const int EAGAIN = 11;
    internal const int ECHILD = 10;
    internal const int EACCES = 13;
    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int ESRCH = 3;
    internal const int EINVAL = 22;
    internal const int EFBIG = 27;
    internal const int EMFILE = 24;
    internal const int ENFILE = 23;
    internal const int ENOMEM = 12;
    internal const int ENOSPC = 28;
    internal const int ENOSYS = 38;
    internal const int ETOOMANYREFS = 109;
    internal const int EPIPE = 32;
    internal const int ECONNRESET = 104;
    internal const int ENOBUFS = 105;
    internal const int ETIMEDOUT = 110;

    internal const int SIGHUP = 1;
    internal const int SIGINT = 2;
    internal const int SIGKILL = 9;
    internal const int SIGTERM = 15;
    internal const int SIGCHLD = 17;
    internal const int SIGCONT = 18;
    internal const nint SIG_DFL = 0;
    internal const nint SIG_IGN = 1;
    internal const nint SIG_ERR = -1;

    internal const int P_PID = 1;
    internal const int RLIMIT_FSIZE = 1;
    internal const int RLIMIT_AS = 9;

    internal const int WNOHANG = 1;
    internal const int NCCS = 32;
    internal const int TCSANOW = 0;
    internal const uint ISIG = 1;
    internal const uint ICANON = 2;
    internal const uint ECHO = 8;
    internal const uint IEXTEN = 0x8000;
    internal const uint ICRNL = 0x100;
    internal const uint IXON = 0x400;
    internal const uint IXOFF = 0x1000;
    internal const int WEXITED = 4;
    internal const int WNOWAIT = 0x1000000;
    internal const int PR_SET_PDEATHSIG = 1;
    internal const short POSIX_SPAWN_SETSIGMASK = 8;

    internal const int RLIMIT_NOFILE = 7;

    internal const int SYS_pidfd_send_signal = 424;
    internal const int SYS_pidfd_open = 434;
    internal const int SYS_futex_waitv = 449;
}
