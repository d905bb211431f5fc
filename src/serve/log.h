/* The access log: one line for each answer. */
#ifndef NQ_SERVE_LOG_H
#define NQ_SERVE_LOG_H

#include <nqsearch.h>
#include <sys/socket.h>

/* What a line tells. */
struct nq_log_entry {
    const char *address; /* of the client */
    const char *method, *target;
    unsigned status;
    size_t bytes;
    double seconds;
};

/* Writes the line, without a newline, in the common log format with the time it took behind it:
 *   127.0.0.1 - - [17/Jun/2026:08:00:00 +0800] "GET /?q=... HTTP/1.1" 200 4711 0.0012
 * Control characters, quotes and what is beyond ASCII are escaped.  Of a request with a draft, what
 * stands behind the path is left out. */
void nq_log_format(const struct nq_log_entry *entry, char *out, size_t size);

/* Writes the address of a client as digits, "-" where it has none (NULL). */
void nq_log_address(const struct sockaddr *address, char *out, size_t size);

#endif
