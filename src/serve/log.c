/* Formatting the access log. */
#define _GNU_SOURCE
#include "serve/log.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MOST_TARGET = 2000 };

/* The end of what may be printed of the target. */
static size_t shown(const char *target)
{
    static const char *const with_draft[] = {"/check", "/api/check"};
    size_t path = strcspn(target, "?");
    for (size_t i = 0; i < 2; i++)
        if (strlen(with_draft[i]) == path && strncmp(target, with_draft[i], path) == 0)
            return path;
    size_t n = strlen(target);
    return n < MOST_TARGET ? n : MOST_TARGET;
}

static void escape(const char *text, size_t n, char *out, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < n && used + 5 < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x21 || c > 0x7E || c == '"' || c == '\\')
            used += (size_t)snprintf(out + used, size - used, "\\x%02X", c);
        else
            out[used++] = (char)c;
    }
    out[used] = '\0';
}

void nq_log_format(const struct nq_log_entry *e, char *out, size_t size)
{
    char target[4 * MOST_TARGET + 8], method[80], when[40] = "-";
    time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local))
        strftime(when, sizeof when, "%d/%b/%Y:%H:%M:%S %z", &local);
    escape(e->target, shown(e->target), target, sizeof target);
    escape(e->method, strlen(e->method), method, sizeof method);
    snprintf(out, size, "%s - - [%s] \"%s %s HTTP/1.1\" %u %zu %.4f", e->address, when, method,
             target, e->status, e->bytes, e->seconds);
}

void nq_log_address(const struct sockaddr *address, char *out, size_t size)
{
    socklen_t len = address && address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                              : sizeof(struct sockaddr_in);
    if (!address || getnameinfo(address, len, out, (socklen_t)size, NULL, 0, NI_NUMERICHOST) != 0)
        snprintf(out, size, "-");
}
