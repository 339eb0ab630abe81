/* The floor for copying a tree of small files: what two plain C threads need when they do nothing but the
 * system calls that no copier can do without. It keeps no times, no owners and no xattrs, handles no error,
 * and is a yardstick, not a copier.
 *
 * build: cc -O2 -pthread -o floor floor.c          (copy_file_range)
 *        cc -O2 -pthread -DREAD_WRITE -o floor_rw floor.c
 * run:   floor SRC NEW_DST [THREADS]
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct dir { char *src, *dst; struct dir *next; };
struct entry { unsigned long ino; long off; unsigned short len; unsigned char type; char name[]; };

static struct dir *queue;
static int unfinished;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void push(char *src, char *dst)
{
    struct dir *d = malloc(sizeof *d);
    d->src = src;
    d->dst = dst;
    pthread_mutex_lock(&lock);
    d->next = queue;
    queue = d;
    unfinished++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

static char *join(const char *a, const char *b)
{
    char *path;
    if (asprintf(&path, "%s/%s", a, b) < 0)
        abort();
    return path;
}

static void copy_file(int src_dir, int dst_dir, const char *name, char *buffer, size_t size)
{
    int in = openat(src_dir, name, O_RDONLY | O_NOFOLLOW), out = openat(dst_dir, name, O_WRONLY | O_CREAT | O_EXCL, 0644);
    ssize_t n;
#ifdef READ_WRITE
    while ((n = read(in, buffer, size)) > 0) {
        if (write(out, buffer, n) != n)
            abort();
        if ((size_t)n < size)
            break;
    }
#else
    while ((n = copy_file_range(in, NULL, out, NULL, 1 << 30, 0)) > 0)
        ;
#endif
    close(in);
    close(out);
}

static void *work(void *unused)
{
    char entries[1 << 16];
    size_t size = 1 << 18;
    char *buffer = malloc(size);
    for (;;) {
        pthread_mutex_lock(&lock);
        while (!queue && unfinished)
            pthread_cond_wait(&changed, &lock);
        struct dir *d = queue;
        if (!d) {
            pthread_cond_broadcast(&changed);
            pthread_mutex_unlock(&lock);
            return unused;
        }
        queue = d->next;
        pthread_mutex_unlock(&lock);

        mkdir(d->dst, 0777);
        int src_dir = open(d->src, O_RDONLY | O_DIRECTORY), dst_dir = open(d->dst, O_RDONLY | O_DIRECTORY), n;
        while ((n = syscall(SYS_getdents64, src_dir, entries, sizeof entries)) > 0)
            for (int at = 0; at < n;) {
                struct entry *e = (void *)(entries + at);
                at += e->len;
                if (!strcmp(e->name, ".") || !strcmp(e->name, ".."))
                    continue;
                if (e->type == DT_DIR)
                    push(join(d->src, e->name), join(d->dst, e->name));
                else
                    copy_file(src_dir, dst_dir, e->name, buffer, size);
            }
        close(src_dir);
        close(dst_dir);
        pthread_mutex_lock(&lock);
        if (!--unfinished)
            pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
}

int main(int argc, char **argv)
{
    int threads = argc > 3 ? atoi(argv[3]) : 2;
    pthread_t handle[64];
    push(strdup(argv[1]), strdup(argv[2]));
    for (int i = 0; i < threads; i++)
        pthread_create(handle + i, NULL, work, NULL);
    for (int i = 0; i < threads; i++)
        pthread_join(handle[i], NULL);
    return 0;
}
