/* What a run of nqindex did: a line for people, nqsearch.update/1 for programs. */
#include "output/output.h"

#include <stdlib.h>
#include <string.h>

const char *nq_size_format(uint64_t bytes, char out[16])
{
    double n = (double)bytes;
    if (n < 1e3)
        snprintf(out, 16, "%.0f B", n);
    else if (n < 999.5e3)
        snprintf(out, 16, "%.0f KB", n / 1e3);
    else if (n < 999.95e6)
        snprintf(out, 16, "%.1f MB", n / 1e6);
    else
        snprintf(out, 16, "%.1f GB", n / 1e9);
    return out;
}

void nq_print_summary(FILE *out, const struct nq_summary *s, double seconds)
{
    char size[16];
    fprintf(
        out,
        _("%llu files read, %llu replaced, %llu moved, %llu copies, %llu unchanged, %llu removed,"
          " %llu failed; %llu reports, %llu passages, %s in %.1f s\n"),
        (unsigned long long)s->files_read, (unsigned long long)s->files_replaced,
        (unsigned long long)s->files_moved, (unsigned long long)s->files_copied,
        (unsigned long long)s->files_unchanged, (unsigned long long)s->files_removed,
        (unsigned long long)s->files_failed, (unsigned long long)s->reports,
        (unsigned long long)s->passages, nq_size_format(s->bytes, size), seconds);
}

/* Takes ":12" off the end of the `*n` bytes of a path; 0 where there is none. */
static json_int_t take_line(const char *path, size_t *n)
{
    size_t at = *n;
    while (at > 0 && path[at - 1] >= '0' && path[at - 1] <= '9')
        at--;
    if (at == *n || at < 2 || path[at - 1] != ':')
        return 0;
    *n = at - 1;
    return strtoll(path + at, NULL, 10);
}

json_t *nq_problem_json(const char *message, bool failed, const char *path)
{
    size_t known = strlen(path);
    if (strncmp(message, path, known) != 0)
        known = 0;
    const char *colon = NULL, *next = message + known;
    /* A path may hold ": " itself; what the system says of one does not. */
    while ((next = strstr(next, ": ")) && !(colon && known))
        colon = next, next += 2;
    size_t n = colon ? (size_t)(colon - message) : 0;
    json_int_t line = take_line(message, &n);
    const char *reason = colon ? colon + 2 : message;
    return json_pack("{s:o, s:o, s:b, s:o}", "path",
                     n ? nq_json_str((struct nq_str){message, n}) : json_null(), "line",
                     line ? json_integer(line) : json_null(), "failed", failed, "reason",
                     nq_json_str(nq_slice(reason)));
}

json_t *nq_update_json(const struct nq_summary *s, json_t *problems, double seconds)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:f, s:O}",
                     "schema", "nqsearch.update/1", "files_read", (json_int_t)s->files_read,
                     "files_unchanged", (json_int_t)s->files_unchanged, "files_replaced",
                     (json_int_t)s->files_replaced, "files_moved", (json_int_t)s->files_moved,
                     "files_copied", (json_int_t)s->files_copied, "files_removed",
                     (json_int_t)s->files_removed, "files_failed", (json_int_t)s->files_failed,
                     "records_failed", (json_int_t)s->records_failed, "reports",
                     (json_int_t)s->reports, "passages", (json_int_t)s->passages, "bytes",
                     (json_int_t)s->bytes, "seconds", seconds, "problems", problems);
}
