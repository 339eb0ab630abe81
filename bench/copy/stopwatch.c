/* Runs a command and tells what it took. A program of its own, because a process inherits the peak memory of the one that
 * started it (exec keeps it: ru_maxrss begins with what the caller had), and this one has next to none.
 *
 * build: cc -O2 -o stopwatch stopwatch.c
 * run:   stopwatch RESULT COMMAND [ARGUMENT]...
 * RESULT gets one line: exit code or minus the signal, nanoseconds, user and system microseconds, peak memory in KiB of the largest
 * process among the command and those it waited for, context switches.
 */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

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

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    pid_t child;
    int status, error;
    struct rusage used;
    long long start = now();
    if ((error = posix_spawnp(&child, argv[2], NULL, NULL, argv + 2, environ)) != 0) {
        fprintf(stderr, "%s: %s\n", argv[2], strerror(error));
        return 2;
    }
    if (wait4(child, &status, 0, &used) != child)
        return 2;
    long long took = now() - start;
    FILE *result = fopen(argv[1], "w");
    if (!result)
        return 2;
    fprintf(result, "%d %lld %lld %lld %ld %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), took,
        microseconds(used.ru_utime), microseconds(used.ru_stime), used.ru_maxrss, used.ru_nvcsw + used.ru_nivcsw);
    return fclose(result) == 0 ? 0 : 2;
}
