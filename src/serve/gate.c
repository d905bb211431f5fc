/* One thread and an epoll set.  A head is looked at where it waits in the socket (MSG_PEEK), so
 * that the library reads it as if nobody had; events tell only of what is new, so that half a head
 * wakes nobody. */
#define _GNU_SOURCE
#include "serve/gate.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "serve/connections.h"
#include "serve/head.h"
#include "serve/log.h"
#include "serve/response.h"
#include "serve/route.h"

enum {
    EVENTS = 64,
    PAUSE_MS = 20,           /* between looks for room, where as many are open as may be */
    FAREWELL = 5,            /* seconds for a refused client to hear why */
    MOST_UNHEARD = 16 << 20, /* bytes that it may send meanwhile */
    MOST_SHOWN = 200,        /* bytes of its first line, in the log */
};

/* A connection that is not handed on. */
struct fresh {
    struct fresh *previous, *next;
    struct nq_connection *deadline;
    struct sockaddr_storage address;
    socklen_t len;
    int fd;
    double start;   /* milliseconds */
    bool refused;   /* and what still comes is thrown away */
    size_t unheard; /* bytes of that */
};

struct nq_gate {
    struct nq_service *service;
    struct MHD_Daemon *daemon;
    int listener, epoll, wake;
    pthread_t thread;
    atomic_bool closing, over;
    bool full; /* the listener is not listened to for a while */
    struct fresh *first;
    char peek[NQ_HEAD_MOST + 1];
};

/* Forgets a connection; the socket is the caller's. */
static void forget(struct nq_gate *g, struct fresh *f)
{
    if (f->next)
        f->next->previous = f->previous;
    if (f->previous)
        f->previous->next = f->next;
    else
        g->first = f->next;
    nq_connection_close(g->service->connections, f->deadline);
    nq_metrics_change(g->service->site.metrics, NQ_COUNT_OPEN, -1);
    free(f);
}

static void end(struct nq_gate *g, struct fresh *f)
{
    int fd = f->fd;
    forget(g, f); /* first: it holds the number of the socket */
    close(fd);
}

static void hand_on(struct nq_gate *g, struct fresh *f)
{
    struct sockaddr_storage address = f->address;
    socklen_t len = f->len;
    int fd = f->fd;
    epoll_ctl(g->epoll, EPOLL_CTL_DEL, fd, NULL);
    forget(g, f);
    MHD_add_connection(g->daemon, fd, (struct sockaddr *)&address, len); /* closes it in any case */
}

/* Cuts the next word off, up to what ends it, as a string for the log. */
static void next_word(struct nq_str *rest, const char *ends, char out[MOST_SHOWN + 1])
{
    size_t n = 0;
    while (n < MOST_SHOWN && n < rest->len && !strchr(ends, rest->ptr[n])) {
        out[n] = rest->ptr[n];
        n++;
    }
    out[n] = '\0';
    *rest = (struct nq_str){rest->ptr + n, rest->len - n};
    if (rest->len > 0 && *rest->ptr == ' ')
        *rest = (struct nq_str){rest->ptr + 1, rest->len - 1};
}

/* Counts and logs a refusal.  Of the target it tells what stands before parameters, which may be a
 * draft. */
static void account(const struct nq_gate *g, const struct fresh *f, const struct nq_answer *answer,
                    struct nq_str bytes)
{
    const struct nq_http_options *o = &g->service->options;
    struct nq_log_entry entry = {.status = answer->status, .bytes = answer->sealed->len};
    char method[MOST_SHOWN + 1], target[MOST_SHOWN + 1], line[9 * MOST_SHOWN], address[NI_MAXHOST];
    entry.seconds = (nq_milliseconds() - f->start) / 1e3;
    nq_metrics_add(g->service->site.metrics, NULL, entry.status, entry.bytes, entry.seconds);
    if (!o->log)
        return;
    if (answer->problem == NQ_PROBLEM_BAD_REQUEST) /* it may be anything, a draft too */
        bytes = nq_slice("- -");
    next_word(&bytes, " \r\n?", method);
    next_word(&bytes, " \r\n?", target);
    nq_log_address((const struct sockaddr *)&f->address, address, sizeof address);
    entry.method = method;
    entry.target = target;
    entry.address = address;
    nq_log_format(&entry, line, sizeof line);
    o->log(o->user, line);
}

/* Says what is wrong, and then listens only until the client has heard it: a socket that is closed
 * with something unread in it takes the answer back. */
static void refuse(struct nq_gate *g, struct fresh *f, enum nq_problem problem, struct nq_str bytes)
{
    static const char head[] = "HEAD ";
    struct nq_answer answer = {0};
    char *text = NULL;
    size_t len = 0;
    nq_answer_problem(&answer, problem, NULL, -1);
    nq_answer_problem_json(&answer);
    nq_answer_seal(&answer, false);
    FILE *out = answer.sealed ? open_memstream(&text, &len) : NULL;
    if (out)
        nq_response_print(out, &answer, nq_slice_starts(bytes, head));
    if (out && fclose(out) == 0 && send(f->fd, text, len, MSG_NOSIGNAL) == (ssize_t)len)
        account(g, f, &answer, bytes);
    shutdown(f->fd, SHUT_WR);
    f->refused = true;
    nq_connection_allow(g->service->connections, f->deadline, FAREWELL);
    free(text);
    nq_answer_finish(&answer);
}

/* Throws away what comes; ends the connection where nothing can. */
static void let_go_by(struct nq_gate *g, struct fresh *f)
{
    ssize_t n;
    do {
        n = recv(f->fd, g->peek, sizeof g->peek, 0);
        f->unheard += n > 0 ? (size_t)n : 0;
    } while ((n > 0 && f->unheard < MOST_UNHEARD) || (n < 0 && errno == EINTR));
    if (n >= 0 || errno != EAGAIN)
        end(g, f);
}

/* Looks at what has come of the first request; `last`: nothing more will. */
static void look(struct nq_gate *g, struct fresh *f, bool last)
{
    bool whole = false;
    ssize_t n;
    do
        n = recv(f->fd, g->peek, sizeof g->peek, MSG_PEEK);
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        end(g, f);
        return;
    }
    struct nq_str bytes = {g->peek, (size_t)n};
    enum nq_problem problem = nq_head_check(bytes, &whole);
    if (problem == NQ_PROBLEM_NONE && whole) {
        hand_on(g, f);
        return;
    }
    if (problem == NQ_PROBLEM_NONE && !last)
        return;
    refuse(g, f, problem ? problem : NQ_PROBLEM_BAD_REQUEST, bytes);
    let_go_by(g, f);
}

/* Takes one connection in; false where none waits, or none can be taken now. */
static bool take(struct nq_gate *g)
{
    struct nq_service *s = g->service;
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;
    g->full = nq_metrics_get(s->site.metrics, NQ_COUNT_OPEN) >= (long)s->options.connections;
    if (g->full)
        return false;
    int fd = accept4(g->listener, (struct sockaddr *)&address, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        g->full = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
        return errno == ECONNABORTED || errno == EINTR;
    }
    struct fresh *f = calloc(1, sizeof *f);
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = f};
    if (!f || epoll_ctl(g->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
        free(f);
        close(fd);
        return true;
    }
    *f = (struct fresh){.next = g->first, .address = address, .len = len, .fd = fd};
    f->start = nq_milliseconds();
    f->deadline = nq_connection_open(s->connections, fd);
    nq_connection_allow(s->connections, f->deadline, s->options.seconds);
    nq_metrics_change(s->site.metrics, NQ_COUNT_OPEN, 1);
    if (f->next)
        f->next->previous = f;
    g->first = f;
    return true;
}

/* Takes in who waits.  The listener is not asked about while there is no room. */
static void take_all(struct nq_gate *g)
{
    bool was_full = g->full;
    while (take(g)) {
    }
    if (g->full != was_full)
        epoll_ctl(g->epoll, EPOLL_CTL_MOD, g->listener,
                  &(struct epoll_event){.events = g->full ? 0 : EPOLLIN, .data.ptr = &g->listener});
}

static void close_listener(struct nq_gate *g)
{
    if (g->listener >= 0)
        close(g->listener); /* who comes now is refused at once, not left to wait */
    g->listener = -1;
}

static void *work(void *user)
{
    struct nq_gate *g = user;
    struct epoll_event events[EVENTS];
    while (!atomic_load(&g->over)) {
        int n = epoll_wait(g->epoll, events, EVENTS, g->full && g->listener >= 0 ? PAUSE_MS : -1);
        if (atomic_load(&g->closing))
            close_listener(g);
        for (int i = 0; i < n; i++) {
            struct fresh *f = events[i].data.ptr;
            if (events[i].data.ptr == &g->listener || events[i].data.ptr == &g->wake)
                continue;
            if (f->refused)
                let_go_by(g, f);
            else
                look(g, f, events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR));
        }
        if (g->listener >= 0)
            take_all(g);
    }
    return NULL;
}

static bool watch(const struct nq_gate *g, int fd, void *what, uint32_t events)
{
    return epoll_ctl(g->epoll, EPOLL_CTL_ADD, fd,
                     &(struct epoll_event){.events = events, .data.ptr = what}) == 0;
}

struct nq_gate *nq_gate_open(struct nq_service *service, struct MHD_Daemon *daemon, int listener)
{
    struct nq_gate *g = calloc(1, sizeof *g);
    if (!g) {
        close(listener);
        return NULL;
    }
    g->service = service;
    g->daemon = daemon;
    g->listener = listener;
    g->epoll = epoll_create1(EPOLL_CLOEXEC);
    g->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (g->epoll >= 0 && g->wake >= 0 && watch(g, g->listener, &g->listener, EPOLLIN) &&
        watch(g, g->wake, &g->wake, EPOLLIN | EPOLLET) &&
        pthread_create(&g->thread, NULL, work, g) == 0)
        return g;
    atomic_store(&g->over, true);
    g->service = NULL; /* there is no thread */
    nq_gate_destroy(g);
    return NULL;
}

static void tell(struct nq_gate *g, atomic_bool *what)
{
    atomic_store(what, true);
    eventfd_write(g->wake, 1);
}

void nq_gate_close(struct nq_gate *g)
{
    if (g)
        tell(g, &g->closing);
}

void nq_gate_destroy(struct nq_gate *g)
{
    if (!g)
        return;
    if (g->service) {
        tell(g, &g->over);
        pthread_join(g->thread, NULL);
    }
    while (g->first)
        end(g, g->first);
    close_listener(g);
    if (g->wake >= 0)
        close(g->wake);
    if (g->epoll >= 0)
        close(g->epoll);
    free(g);
}
