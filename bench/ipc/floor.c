/* The floor for what processes say to each other: what plain C needs that shares memory with its child and makes no
 * system calls but those it sleeps and wakes by. It handles no error and no death, and is a yardstick, not a channel.
 * For each line that comes in, the name of a figure, measures it once and prints its numbers on a line; `-` where there
 * is nothing to measure. bench/ipc/Program.cs and bench/peers/python_ipc.py speak the same.
 *
 * build: cc -O2 -pthread -o floor floor.c
 * run:   floor PROCESSOR          (where the child runs when the two are to run apart)
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TRIPS = 20000, SLEEPS = 200, MUTEX_TURNS = 1000000, CONTENDERS = 4, CONTENDED_SECONDS = 2, OCTAVE = 8, BUCKETS = 64 * OCTAVE };

/* Two words on lines of their own, and when a message arrived and was answered. */
struct exchange {
    _Alignas(256) int there;
    _Alignas(256) int back;
    _Alignas(256) int64_t arrived, answered;
};

struct contention {
    _Alignas(256) pthread_mutex_t lock;
    int64_t turns;
    _Alignas(256) int64_t counts[CONTENDERS][BUCKETS], longest[CONTENDERS];
};

static int other_processor;

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void rest(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

static void *shared(size_t size)
{
    return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

static void move_away(void)
{
    cpu_set_t processors;
    CPU_ZERO(&processors);
    CPU_SET(other_processor, &processors);
    sched_setaffinity(0, sizeof processors, &processors);
}

static void pause_processor(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    /* `yield` takes no time on most of them. */
    __asm__ volatile("isb" ::: "memory");
#endif
}

static void until(int *word, int value, int spins)
{
    for (int i = 0; __atomic_load_n(word, __ATOMIC_ACQUIRE) < value;)
        if (i++ < spins)
            pause_processor();
        else
            syscall(SYS_futex, word, FUTEX_WAIT, value - 1, NULL, NULL, 0);
}

/* Wakes without asking whether anybody sleeps. */
static void set(int *word, int value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Median, mean and 99th percentile, in microseconds. */
static void show(int64_t *took, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += took[i];
    qsort(took, count, sizeof *took, by_size);
    printf("%g %g %g\n", took[count / 2] / 1e3, sum / count / 1e3, took[count * 99LL / 100] / 1e3);
}

/* Each waits for the other through a word; `resting` lets both sleep before they speak, and leaves the rests out. */
static void trip(int spins, int resting, int apart)
{
    static int64_t took[TRIPS];
    int count = resting ? SLEEPS : TRIPS;
    struct exchange *x = shared(sizeof *x);
    pid_t child = fork();
    if (!child) {
        if (apart)
            move_away();
        for (int i = 1; i <= count + 1; i++) {
            until(&x->there, i, spins);
            if (resting) {
                x->arrived = now();
                rest();
                x->answered = now();
            }
            set(&x->back, i);
        }
        _exit(0);
    }
    set(&x->there, 1);
    until(&x->back, 1, spins);
    for (int i = 0; i < count; i++) {
        if (resting)
            rest();
        int64_t begin = now();
        set(&x->there, i + 2);
        until(&x->back, i + 2, spins);
        took[i] = now() - begin - (resting ? x->answered - x->arrived : 0);
    }
    waitpid(child, NULL, 0);
    munmap(x, sizeof *x);
    show(took, count);
}

static void trip_socket(void)
{
    static int64_t took[TRIPS];
    int pair[2], count = TRIPS / 4;
    char message[64] = {0};
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    pid_t child = fork();
    if (!child) {
        for (int i = 0; i <= count; i++)
            if (read(pair[1], message, 64) != 64 || write(pair[1], message, 64) != 64)
                _exit(1);
        _exit(0);
    }
    for (int i = -1; i < count; i++) {
        int64_t begin = now();
        if (write(pair[0], message, 64) != 64 || read(pair[0], message, 64) != 64)
            abort();
        if (i >= 0)
            took[i] = now() - begin;
    }
    waitpid(child, NULL, 0);
    close(pair[0]);
    close(pair[1]);
    show(took, count);
}

/* What both sides of a copy have touched. */
static char *block(size_t size)
{
    char *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    memset(start, 1, size);
    return start;
}

static double copy_once(char *to, const char *from, size_t size, int turns)
{
    int64_t begin = now();
    for (int i = 0; i < turns; i++) {
        memcpy(to, from, size);
        __asm__ volatile("" ::"r"(from), "r"(to) : "memory");
    }
    return (double)turns * size / (now() - begin);
}

/* What a message is: the child copies it in, and this process out; there is room for two. */
static double copy_across(char *to, const char *from, size_t size, int turns)
{
    struct exchange *x = shared(sizeof *x);
    char *room = block(2 * size);
    pid_t child = fork();
    if (!child) {
        for (int i = 1; i <= turns + 2; i++) {
            until(&x->back, i - 2, 2000);
            memcpy(room + i % 2 * size, from, size);
            set(&x->there, i);
        }
        _exit(0);
    }
    int64_t begin = 0;
    for (int i = 1; i <= turns + 2; i++) {
        /* Both halves have been touched by both. */
        if (i == 3)
            begin = now();
        until(&x->there, i, 2000);
        memcpy(to, room + i % 2 * size, size);
        set(&x->back, i);
    }
    double rate = (double)turns * size / (now() - begin);
    waitpid(child, NULL, 0);
    munmap(room, 2 * size);
    munmap(x, sizeof *x);
    return rate;
}

/* GB a second: one copy in one process, and from a process to another. */
static void copy(size_t size, int turns)
{
    char *from = block(size), *to = block(size);
    double once = copy_once(to, from, size, turns);
    printf("%g %g\n", once, copy_across(to, from, size, turns));
    munmap(from, size);
    munmap(to, size);
}

static struct contention *contention(void)
{
    struct contention *c = shared(sizeof *c);
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&c->lock, &kind);
    return c;
}

/* Nanoseconds to enter and leave. */
static void mutex(void)
{
    struct contention *c = contention();
    int64_t begin = now();
    for (int i = 0; i < MUTEX_TURNS; i++) {
        pthread_mutex_lock(&c->lock);
        pthread_mutex_unlock(&c->lock);
    }
    printf("%g\n", (double)(now() - begin) / MUTEX_TURNS);
    munmap(c, sizeof *c);
}

/* Eight buckets between a power of two and the next. */
static int bucket(int64_t wait)
{
    if (wait < OCTAVE)
        return (int)wait;
    int shift = 60 - __builtin_clzll(wait);
    return (shift + 1) * OCTAVE + (int)(wait >> shift) - OCTAVE;
}

static double edge(int bucket)
{
    return bucket < OCTAVE ? bucket : (double)((int64_t)(bucket % OCTAVE + OCTAVE) << (bucket / OCTAVE - 1));
}

static double percentile(int64_t *counts, int64_t total, int percent)
{
    int at = 0;
    for (int64_t seen = counts[0]; seen <= total * percent / 100; seen += counts[at])
        at++;
    return edge(at) / 1e3;
}

static void contend(struct contention *c, int number, int64_t start)
{
    while (now() < start)
        rest();
    for (int64_t end = start + CONTENDED_SECONDS * 1000000000LL, begin; (begin = now()) < end;) {
        pthread_mutex_lock(&c->lock);
        int64_t wait = now() - begin;
        c->turns++;
        pthread_mutex_unlock(&c->lock);
        c->counts[number][bucket(wait)]++;
        if (wait > c->longest[number])
            c->longest[number] = wait;
    }
    _exit(0);
}

/* Turns a second, those of the process with the fewest as a part of those with the most; median, 99th percentile and longest wait, in microseconds. */
static void contended(void)
{
    struct contention *c = contention();
    int64_t start = now() + 300000000;
    for (int i = 0; i < CONTENDERS; i++)
        if (!fork())
            contend(c, i, start);
    while (wait(NULL) > 0)
        ;
    int64_t all[BUCKETS] = {0}, total = 0, fewest = INT64_MAX, most = 0, longest = 0;
    for (int i = 0; i < CONTENDERS; i++) {
        int64_t turns = 0;
        for (int k = 0; k < BUCKETS; k++) {
            turns += c->counts[i][k];
            all[k] += c->counts[i][k];
        }
        total += turns;
        fewest = turns < fewest ? turns : fewest;
        most = turns > most ? turns : most;
        longest = c->longest[i] > longest ? c->longest[i] : longest;
    }
    if (total != c->turns)
        abort();
    printf("%g %g %g %g %g\n", (double)total / CONTENDED_SECONDS, (double)fewest / most,
           percentile(all, total, 50), percentile(all, total, 99), longest / 1e3);
    munmap(c, sizeof *c);
}

static void figure(const char *name)
{
    if (!strcmp(name, "trip") || !strcmp(name, "trip-pipe") || !strcmp(name, "trip-async"))
        trip(2000, 0, 0);
    else if (!strncmp(name, "trip-no-spin", 12))
        trip(0, 0, 1);
    else if (!strncmp(name, "trip-asleep", 11))
        trip(0, 1, 1);
    else if (!strcmp(name, "trip-one-core"))
        trip(0, 0, 0);
    else if (!strcmp(name, "trip-socket"))
        trip_socket();
    else if (!strcmp(name, "message-64k"))
        copy(64 << 10, 4000);
    else if (!strncmp(name, "message-1m", 10))
        copy(1 << 20, 400);
    else if (!strcmp(name, "message-64m"))
        copy(64 << 20, 4);
    else if (!strcmp(name, "mutex"))
        mutex();
    else if (!strcmp(name, "contended"))
        contended();
    else
        puts("-");
}

int main(int argc, char **argv)
{
    other_processor = argc > 1 ? atoi(argv[1]) : 0;
    char name[64];
    /* A child must not print what its parent has not printed yet. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (scanf("%63s", name) == 1)
        figure(name);
    return 0;
}
