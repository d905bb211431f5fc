/* Opening the socket. */
#define _GNU_SOURCE /* SOCK_CLOEXEC */
#include "serve/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "output/output.h"

enum { BACKLOG = 511, MOST_HOST = 255 };

static enum nq_status fail(struct nq_error *err, enum nq_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum nq_status fail(struct nq_error *err, enum nq_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *err = (struct nq_error){.status = status, .column = -1};
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

/* Parts "HOST:PORT"; an address of IPv6 stands in brackets. */
static bool part(const char *address, char host[MOST_HOST + 1], const char **port)
{
    const char *colon = strrchr(address, ':');
    size_t n = colon ? (size_t)(colon - address) : 0;
    if (n == 0 || n > MOST_HOST || colon[1] == '\0' ||
        strspn(colon + 1, "0123456789") != strlen(colon + 1) || strlen(colon + 1) > 5 ||
        strtoul(colon + 1, NULL, 10) > UINT16_MAX)
        return false;
    bool brackets = address[0] == '[' && address[n - 1] == ']';
    if (!brackets && memchr(address, ':', n))
        return false;
    memcpy(host, address + brackets, n - 2 * brackets);
    host[n - 2 * brackets] = '\0';
    *port = colon + 1;
    return *host != '\0';
}

static int open_one(const struct addrinfo *a)
{
    int one = 1;
    int fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a->ai_protocol);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static void write_url(int fd, const char *host, char url[300])
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    char port[NI_MAXSERV] = "?";
    if (getsockname(fd, (struct sockaddr *)&address, &len) == 0)
        getnameinfo((struct sockaddr *)&address, len, NULL, 0, port, sizeof port, NI_NUMERICSERV);
    bool v6 = strchr(host, ':') != NULL;
    snprintf(url, 300, "http://%s%s%s:%s/", v6 ? "[" : "", host, v6 ? "]" : "", port);
}

enum nq_status nq_listen(const char *address, char url[300], int *out, struct nq_error *err)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char host[MOST_HOST + 1];
    const char *port;
    int fd = -1, why = 0;
    if (!part(address, host, &port))
        return fail(err, NQ_ERR_USAGE, _("%s: an address is HOST:PORT, as 127.0.0.1:8085"),
                    address);
    int rc = getaddrinfo(host, port, &hints, &found);
    if (rc != 0)
        return fail(err, NQ_ERR_IO, _("%s: %s"), address, gai_strerror(rc));
    for (const struct addrinfo *a = found; a && fd < 0; a = a->ai_next)
        if ((fd = open_one(a)) < 0)
            why = errno;
    freeaddrinfo(found);
    if (fd < 0)
        return fail(err, NQ_ERR_IO, _("%s: cannot listen there: %s"), address, strerror(why));
    write_url(fd, host, url);
    *out = fd;
    return NQ_OK;
}
