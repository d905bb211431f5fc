/* Fails allocations in turn. */
#define _GNU_SOURCE
#include "fault.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <sqlite3.h>
#include <utf8proc.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
char *__real_strdup(const char *s);
char *__real_strndup(const char *s, size_t n);
int __real_vasprintf(char **out, const char *format, va_list args);
utf8proc_ssize_t __real_utf8proc_map(const utf8proc_uint8_t *s, utf8proc_ssize_t len,
                                     utf8proc_uint8_t **out, utf8proc_option_t options);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t n);
int __wrap_vasprintf(char **out, const char *format, va_list args);
int __wrap_asprintf(char **out, const char *format, ...);
utf8proc_ssize_t __wrap_utf8proc_map(const utf8proc_uint8_t *s, utf8proc_ssize_t len,
                                     utf8proc_uint8_t **out, utf8proc_option_t options);

static struct {
    bool armed, lasting, fired;
    size_t count; /* allocations since it was armed */
    size_t at;    /* the one to fail, from 1; 0: none */
} fault;

bool fault_refuse(void)
{
    if (!fault.armed)
        return false;
    fault.count++;
    if (fault.at == 0 || fault.count < fault.at || (fault.count > fault.at && !fault.lasting))
        return false;
    fault.fired = true;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fault_refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fault_refuse() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return fault_refuse() ? NULL : __real_realloc(p, size);
}

char *__wrap_strdup(const char *s)
{
    return fault_refuse() ? NULL : __real_strdup(s);
}

char *__wrap_strndup(const char *s, size_t n)
{
    return fault_refuse() ? NULL : __real_strndup(s, n);
}

int __wrap_vasprintf(char **out, const char *format, va_list args)
{
    return fault_refuse() ? -1 : __real_vasprintf(out, format, args);
}

int __wrap_asprintf(char **out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = __wrap_vasprintf(out, format, args);
    va_end(args);
    return n;
}

utf8proc_ssize_t __wrap_utf8proc_map(const utf8proc_uint8_t *s, utf8proc_ssize_t len,
                                     utf8proc_uint8_t **out, utf8proc_option_t options)
{
    *out = NULL;
    return fault_refuse() ? UTF8PROC_ERROR_NOMEM : __real_utf8proc_map(s, len, out, options);
}

static sqlite3_mem_methods sqlite_memory;

static void *sqlite_malloc(int size)
{
    return fault_refuse() ? NULL : sqlite_memory.xMalloc(size);
}

static void *sqlite_realloc(void *p, int size)
{
    return fault_refuse() ? NULL : sqlite_memory.xRealloc(p, size);
}

void fault_hook_libraries(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory);
    sqlite3_mem_methods hooked = sqlite_memory;
    hooked.xMalloc = sqlite_malloc;
    hooked.xRealloc = sqlite_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &hooked);
    json_set_alloc_funcs(__wrap_malloc, free);
}

void fault_end(void)
{
    fault.armed = false;
}

static bool run(fault_scenario *scenario, void *user, size_t at, bool lasting)
{
    fault.armed = true;
    fault.lasting = lasting;
    fault.fired = false;
    fault.count = 0;
    fault.at = at;
    bool complete = scenario(user);
    fault.armed = false;
    if (!complete && !fault.fired)
        fail_msg("refused at allocation %zu of none that failed", fault.count);
    return complete;
}

size_t fault_each(fault_scenario *scenario, void *user, size_t dense)
{
#ifdef __SANITIZE_ADDRESS__
    enum { SPARSE = 8 }; /* its programs are slow */
    dense /= 3;
#else
    enum { SPARSE = 20 };
    dense /= 2;
#endif
    assert_true(run(scenario, user, 0, false));
    size_t total = fault.count;
    for (size_t at = 1;; at += at < dense ? 1 : 1 + at / SPARSE) {
        run(scenario, user, at, true);
        run(scenario, user, at, false);
        if (!fault.fired)
            return total;
    }
}

bool fault_judge(enum nq_status status, const struct nq_error *err)
{
    if (status == NQ_OK)
        return true;
    if (status != NQ_ERR_NOMEM || err->status != NQ_ERR_NOMEM)
        fail_msg("status %d: %s", (int)status, err->message);
    assert_true(err->message[0] != '\0');
    return false;
}

enum nq_status fault_count(const char *path, const char *query, uint64_t *total,
                           struct nq_error *err)
{
    struct nq_index *index = NULL;
    struct nq_results *results = NULL;
    struct nq_search_params params = {
        .query = nq_str_from(query), .limit = 10, .facets = true, .explain = true, .correct = true};
    enum nq_status status = nq_index_open(path, NQ_OPEN_READ, NULL, &index, err);
    if (status == NQ_OK)
        status = nq_search(index, &params, &results, err);
    if (status == NQ_OK)
        *total = results->total;
    nq_results_destroy(results);
    nq_index_close(index);
    return status;
}

void fault_write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}
