/* Reading reports. */
#include "read_reports.h"

#include "common.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than any report has; the readers refuse what is too large with their own words. */
enum { MOST_BYTES = 64 << 20 };

/* All of `file`, in memory that the caller frees; NULL with errno set. */
static char *slurp(FILE *file, size_t *len)
{
    size_t cap = 1 << 16, n;
    char *text = malloc(cap);
    *len = 0;
    while (text && (n = fread(text + *len, 1, cap - *len, file)) > 0) {
        *len += n;
        if (*len > MOST_BYTES) {
            errno = EFBIG;
            break;
        }
        char *grown = *len == cap ? realloc(text, cap *= 2) : text;
        if (!grown)
            free(text);
        text = grown;
    }
    if (text && (ferror(file) || *len > MOST_BYTES)) {
        free(text);
        return NULL;
    }
    return text;
}

static void warning(void *user, bool failed, const char *message)
{
    (void)failed;
    if (!*(const bool *)user)
        common_fail("%s", message);
}

bool read_reports(const char *path, bool quiet, struct nq_reports **out)
{
    struct nq_error err = {0};
    size_t len = 0;
    bool standard = !path || strcmp(path, "-") == 0;
    const char *name = standard ? _("standard input") : path;
    FILE *file = standard ? stdin : fopen(path, "rb");
    char *text = file ? slurp(file, &len) : NULL;
    int why = errno;
    if (file && !standard)
        fclose(file);
    if (!text) {
        common_fail(_("%s: %s"), name, strerror(why));
        return false;
    }
    enum nq_status status =
        nq_reports_read(name, (struct nq_str){text, len}, warning, &quiet, out, &err);
    free(text);
    if (status != NQ_OK)
        common_fail("%s", err.message);
    return status == NQ_OK;
}
