/*
 * Makes the n-th system call of one kind fail that the library makes: a library for LD_PRELOAD.
 *
 * .NET finds what a program imports by dlsym with the C library's handle, which passes by anything preloaded. So this file defines dlsym alone, and answers with a
 * wrapper where an import of the library is asked for. The runtime's own calls are bound by the loader and never come here.
 *
 * What fails is said in a file that all processes of the program map; they count in it too. SystemCalls/FaultFile.cs reads and writes it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the library imports; a test holds the list against its imports. */
#define PLAIN(X) \
    X(socketpair) X(send) X(recv) X(sendmsg) X(recvmsg) X(getsockopt) X(shutdown) X(close) X(read) X(write) X(lseek) X(poll) X(ppoll) X(eventfd) \
    X(memfd_create) X(posix_fallocate) X(mmap) X(munmap) X(madvise) X(ftruncate) X(fallocate) X(fchmod) X(open) \
    X(posix_spawn) X(posix_spawn_file_actions_init) X(posix_spawn_file_actions_adddup2) X(posix_spawn_file_actions_destroy) \
    X(posix_spawn_file_actions_addclosefrom_np) X(posix_spawnattr_init) X(posix_spawnattr_setflags) X(posix_spawnattr_setsigmask) \
    X(posix_spawnattr_destroy) X(waitpid) X(signal) X(kill) X(raise) X(sched_getaffinity) X(sched_setaffinity) X(prctl) X(unsetenv) X(setenv) X(getrlimit) \
    X(clock_gettime) X(waitid) X(posix_spawn_file_actions_addclose) X(tcgetattr) X(tcsetattr) X(tcgetpgrp)
#define IMPORTED(X) PLAIN(X) X(fcntl) X(syscall)

/* What is counted: the last two by what they are asked for. */
#define CALLS(X) \
    PLAIN(X) X(fcntl_setfd) X(fcntl_getfl) X(fcntl_setfl) X(fcntl_dupfd) X(fcntl_addseals) X(fcntl_getseals) X(fcntl_setlkw) X(fcntl_other) \
    X(pidfd_open) X(pidfd_send_signal) X(futex_wait) X(futex_wake) X(futex_waitv) X(close_range) X(syscall_other)

enum call
{
#define X(name) call_##name,
    CALLS(X)
#undef X
    call_count
};

static const char *const names[] = {
#define X(name) #name,
    CALLS(X)
#undef X
};

enum side { parent, child, side_count };

struct entry
{
    char name[48];
    atomic_int counts[side_count];
};

struct plan
{
    int side;
    atomic_int paused;
    int error;
    int at;
    int times;
    atomic_int seen;
    atomic_int hits;
    int name_count;
    char call[48];
    char unused[16];
    struct entry entries[];
};

static struct plan *plan;
static enum side side;
static enum call failing = call_count;

static void *(*real_dlsym)(void *handle, const char *name);

static void *real(const char *name) { return real_dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void)
{
    static const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5"};
    for (int i = 0; !real_dlsym; i++)
        real_dlsym = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", versions[i]);
    const char *file = getenv("MULTITASKING_FAULTS");
    int descriptor = file ? open(file, O_RDWR | O_CLOEXEC) : -1;
    if (descriptor < 0)
        return;
    size_t size = sizeof(struct plan) + call_count * sizeof(struct entry);
    if (lseek(descriptor, 0, SEEK_END) >= (off_t)size)
    {
        void *address = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        plan = address == MAP_FAILED ? NULL : address;
    }
    close(descriptor);
    if (!plan)
        return;
    side = getenv("MULTITASKING_CHILD") ? child : parent;
    for (int i = 0; i < call_count; i++)
    {
        strncpy(plan->entries[i].name, names[i], sizeof plan->entries[i].name - 1);
        if (strcmp(names[i], plan->call) == 0)
            failing = i;
    }
    plan->name_count = call_count;
}

/* The error that this call shall give, or 0. */
static int fault(enum call call)
{
    if (atomic_load(&plan->paused))
        return 0;
    atomic_fetch_add(&plan->entries[call].counts[side], 1);
    if (call != failing || (int)side != plan->side)
        return 0;
    int number = atomic_fetch_add(&plan->seen, 1) + 1;
    if (number < plan->at || number - plan->at >= plan->times)
        return 0;
    atomic_fetch_add(&plan->hits, 1);
    return plan->error;
}

/* -1 and errno. */
#define WRAP(type, name, parameters, arguments) \
    static type(*real_##name) parameters; \
    static type wrapped_##name parameters \
    { \
        int error = fault(call_##name); \
        if (error) \
        { \
            errno = error; \
            return (type)-1; \
        } \
        return real_##name arguments; \
    }

/* The error itself. */
#define WRAP_POSIX(name, parameters, arguments) \
    static int(*real_##name) parameters; \
    static int wrapped_##name parameters \
    { \
        int error = fault(call_##name); \
        return error ? error : real_##name arguments; \
    }

WRAP(int, socketpair, (int a, int b, int c, int *d), (a, b, c, d))
WRAP(ssize_t, send, (int a, const void *b, size_t c, int d), (a, b, c, d))
WRAP(ssize_t, recv, (int a, void *b, size_t c, int d), (a, b, c, d))
WRAP(ssize_t, sendmsg, (int a, const struct msghdr *b, int c), (a, b, c))
WRAP(ssize_t, recvmsg, (int a, struct msghdr *b, int c), (a, b, c))
WRAP(int, getsockopt, (int a, int b, int c, void *d, socklen_t *e), (a, b, c, d, e))
WRAP(int, shutdown, (int a, int b), (a, b))
WRAP(ssize_t, read, (int a, void *b, size_t c), (a, b, c))
WRAP(ssize_t, write, (int a, const void *b, size_t c), (a, b, c))
WRAP(off_t, lseek, (int a, off_t b, int c), (a, b, c))
WRAP(int, poll, (struct pollfd * a, nfds_t b, int c), (a, b, c))
WRAP(int, ppoll, (struct pollfd * a, nfds_t b, const struct timespec *c, const sigset_t *d), (a, b, c, d))
WRAP(int, eventfd, (unsigned a, int b), (a, b))
WRAP(int, memfd_create, (const char *a, unsigned b), (a, b))
WRAP_POSIX(posix_fallocate, (int a, off_t b, off_t c), (a, b, c))
WRAP(void *, mmap, (void *a, size_t b, int c, int d, int e, off_t f), (a, b, c, d, e, f))
WRAP(int, munmap, (void *a, size_t b), (a, b))
WRAP(int, madvise, (void *a, size_t b, int c), (a, b, c))
WRAP(int, ftruncate, (int a, off_t b), (a, b))
WRAP(int, fallocate, (int a, int b, off_t c, off_t d), (a, b, c, d))
WRAP(int, fchmod, (int a, mode_t b), (a, b))
WRAP(int, open, (const char *a, int b, int c), (a, b, c))
WRAP_POSIX(posix_spawn, (pid_t * a, const char *b, void *c, void *d, char **e, char **f), (a, b, c, d, e, f))
WRAP_POSIX(posix_spawn_file_actions_init, (void *a), (a))
WRAP_POSIX(posix_spawn_file_actions_adddup2, (void *a, int b, int c), (a, b, c))
WRAP_POSIX(posix_spawn_file_actions_destroy, (void *a), (a))
WRAP_POSIX(posix_spawn_file_actions_addclosefrom_np, (void *a, int b), (a, b))
WRAP_POSIX(posix_spawnattr_init, (void *a), (a))
WRAP_POSIX(posix_spawnattr_setflags, (void *a, short b), (a, b))
WRAP_POSIX(posix_spawnattr_setsigmask, (void *a, void *b), (a, b))
WRAP_POSIX(posix_spawnattr_destroy, (void *a), (a))
WRAP(void *, signal, (int a, void *b), (a, b))
WRAP(int, kill, (pid_t a, int b), (a, b))
WRAP(int, raise, (int a), (a))
WRAP(int, sched_getaffinity, (pid_t a, size_t b, void *c), (a, b, c))
WRAP(int, sched_setaffinity, (pid_t a, size_t b, void *c), (a, b, c))
WRAP(int, prctl, (int a, unsigned long b, unsigned long c, unsigned long d, unsigned long e), (a, b, c, d, e))
WRAP(int, unsetenv, (const char *a), (a))
WRAP(int, setenv, (const char *a, const char *b, int c), (a, b, c))
WRAP(int, getrlimit, (int a, void *b), (a, b))
WRAP(int, waitid, (int a, unsigned b, void *c, int d), (a, b, c, d))
WRAP_POSIX(posix_spawn_file_actions_addclose, (void *a, int b), (a, b))
WRAP(int, tcgetattr, (int a, void *b), (a, b))
WRAP(int, tcsetattr, (int a, int b, void *c), (a, b, c))
WRAP(int, tcgetpgrp, (int a), (a))
WRAP(int, clock_gettime, (int a, void *b), (a, b))

/* A descriptor is closed whatever close says (close(2)). */
static int (*real_close)(int descriptor);
static int wrapped_close(int descriptor)
{
    int error = fault(call_close), result = real_close(descriptor);
    if (!error)
        return result;
    errno = error;
    return -1;
}

/* Who is told that there is no such child was overtaken by somebody who has reaped it: not before it has ended. */
static pid_t (*real_waitpid)(pid_t id, int *status, int options);
static pid_t wrapped_waitpid(pid_t id, int *status, int options)
{
    int error = fault(call_waitpid);
    if (error == ECHILD)
    {
        pid_t result = real_waitpid(id, status, options);
        if (result <= 0)
            return result;
    }
    if (!error)
        return real_waitpid(id, status, options);
    errno = error;
    return -1;
}

static int (*real_fcntl)(int descriptor, int command, long argument);
static int wrapped_fcntl(int descriptor, int command, long argument)
{
    enum call call = command == F_SETFD       ? call_fcntl_setfd
        : command == F_GETFL                  ? call_fcntl_getfl
        : command == F_SETFL                  ? call_fcntl_setfl
        : command == F_DUPFD_CLOEXEC          ? call_fcntl_dupfd
        : command == F_ADD_SEALS              ? call_fcntl_addseals
        : command == F_GET_SEALS              ? call_fcntl_getseals
        : command == F_SETLKW                 ? call_fcntl_setlkw
                                              : call_fcntl_other;
    int error = fault(call);
    if (!error)
        return real_fcntl(descriptor, command, argument);
    errno = error;
    return -1;
}

static long (*real_syscall)(long number, long a, long b, long c, long d, long e);
static long wrapped_syscall(long number, long a, long b, long c, long d, long e)
{
    /* FUTEX_WAIT is 0, FUTEX_WAKE 1; the higher bits are flags. */
    enum call call = number == SYS_pidfd_open   ? call_pidfd_open
        : number == SYS_pidfd_send_signal       ? call_pidfd_send_signal
        : number == SYS_futex                   ? ((b & 127) == 1 ? call_futex_wake : call_futex_wait)
        : number == 449                         ? call_futex_waitv
        : number == 436                         ? call_close_range
                                                : call_syscall_other;
    int error = fault(call);
    if (!error)
        return real_syscall(number, a, b, c, d, e);
    errno = error;
    return -1;
}

void *dlsym(void *handle, const char *name)
{
    void *found = real_dlsym(handle, name);
    if (!plan || !found || handle == RTLD_NEXT)
        return found;
#define X(call) \
    if (strcmp(name, #call) == 0) \
    { \
        real_##call = (__typeof__(real_##call))real(#call); \
        return (void *)wrapped_##call; \
    }
    IMPORTED(X)
#undef X
    return found;
}
