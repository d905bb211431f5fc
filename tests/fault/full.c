/* A library to preload that makes the disk fail: after NQ_FULL_AFTER bytes written to files no more
 * fit (ENOSPC); with NQ_SYNC_FAILS set, fsync and fdatasync fail (EIO). */
#undef _FILE_OFFSET_BITS /* pwrite and pwrite64 are two symbols here */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long room = -1; /* bytes that still fit; -1: not asked yet */

static bool is_file(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/* Whether `n` more bytes at `fd` fit. */
static bool fits(int fd, size_t n)
{
    const char *after = getenv("NQ_FULL_AFTER");
    if (!after || !is_file(fd))
        return true;
    if (room < 0)
        room = atol(after);
    if ((size_t)room < n) {
        room = 0;
        errno = ENOSPC;
        return false;
    }
    room -= (long)n;
    return true;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t n)
{
    return fits(fd, n) ? NEXT(write)(fd, data, n) : -1;
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at)
{
    return fits(fd, n) ? NEXT(pwrite)(fd, data, n, at) : -1;
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at)
{
    return fits(fd, n) ? NEXT(pwrite64)(fd, data, n, at) : -1;
}

static bool sync_fails(void)
{
    if (getenv("NQ_SYNC_FAILS"))
        errno = EIO;
    return getenv("NQ_SYNC_FAILS") != NULL;
}

int fsync(int fd)
{
    return sync_fails() ? -1 : NEXT(fsync)(fd);
}

int fdatasync(int fd)
{
    return sync_fails() ? -1 : NEXT(fdatasync)(fd);
}
