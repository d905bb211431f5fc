/* A handler of SIGBUS that puts a page of zeros where there is none. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "serve/torn.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static _Thread_local volatile unsigned long count; /* told by the thread that reads */
static uintptr_t page;                             /* bytes */

/* The zeros go with the mapping that they stand in, once its handle is closed.  Without them the
 * read is tried again, and ends the process as it would have. */
static void on_bus(int number, siginfo_t *info, void *context)
{
    int saved = errno;
    void *start = (void *)((uintptr_t)info->si_addr & ~(page - 1));
    (void)context;
    if (info->si_code <= 0) { /* a process sent it */
        signal(number, SIG_DFL);
        raise(number);
        return;
    }
    count++;
    if (info->si_code != BUS_ADRERR ||
        mmap(start, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
            MAP_FAILED)
        signal(number, SIG_DFL);
    errno = saved;
}

void nq_torn_watch(void)
{
    struct sigaction action = {.sa_sigaction = on_bus, .sa_flags = SA_SIGINFO | SA_RESTART};
    page = (uintptr_t)sysconf(_SC_PAGESIZE);
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}

unsigned long nq_torn_count(void)
{
    return count;
}
