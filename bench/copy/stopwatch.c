/* Runs a command and tells what it took. A program of its own, because a process inherits the peak memory of the one that
 * started it (exec keeps it: ru_maxrss begins with what the caller had), and this one has next to none.
 *
 * build: cc -O2 -o stopwatch stopwatch.c
 * run:   stopwatch RESULT MIB COMMAND [ARGUMENT]...
 *
 * Before it starts the clock, it has MIB of memory touched and given back. In a virtual machine the first touch of a page is many
 * times slower, and many hosts take free pages back within seconds: without this the one pays who happens to come after a pause.
 *
 * RESULT gets one line: exit code or minus the signal, nanoseconds, user and system microseconds, peak memory in KiB of the largest
 * process among the command and those it waited for, context switches, milliseconds that all processors were busy meanwhile with anything.
 */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long microseconds(struct timeval t)
{
    return t.tv_sec * 1000000LL + t.tv_usec;
}

/* All processors together, since the system's start; the host's share (steal) is somebody else's work too. */
static long long busy_milliseconds(void)
{
    unsigned long long user = 0, nice = 0, system = 0, idle, waiting, irq = 0, softirq = 0, steal = 0;
    FILE *stat = fopen("/proc/stat", "r");
    if (!stat || fscanf(stat, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &system, &idle, &waiting, &irq, &softirq, &steal) != 8)
        exit(2);
    fclose(stat);
    return (user + nice + system + irq + softirq + steal) * 1000 / sysconf(_SC_CLK_TCK);
}

/* In a process of its own, so that it does not count as this one's peak, which the command would inherit. */
static int warm_up(size_t mib)
{
    pid_t child = fork();
    int status;
    if (child == 0)
        _exit(mib == 0 || mmap(NULL, mib << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0) != MAP_FAILED ? 0 : 1);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int main(int argc, char **argv)
{
    if (argc < 4 || !warm_up(strtoul(argv[2], NULL, 10)))
        return 2;
    const char *result_path = argv[1];
    argv += 3;
    pid_t child;
    int status, error;
    struct rusage used;
    long long busy = busy_milliseconds(), start = now();
    if ((error = posix_spawnp(&child, argv[0], NULL, NULL, argv, environ)) != 0) {
        fprintf(stderr, "%s: %s\n", argv[0], strerror(error));
        return 2;
    }
    if (wait4(child, &status, 0, &used) != child)
        return 2;
    long long took = now() - start;
    busy = busy_milliseconds() - busy;
    FILE *result = fopen(result_path, "w");
    if (!result)
        return 2;
    fprintf(result, "%d %lld %lld %lld %ld %ld %lld\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), took,
        microseconds(used.ru_utime), microseconds(used.ru_stime), used.ru_maxrss, used.ru_nvcsw + used.ru_nivcsw, busy);
    return fclose(result) == 0 ? 0 : 2;
}
