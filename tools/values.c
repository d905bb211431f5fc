/* What all programs read of their options. */
#include "values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* All digits, and not too many. */
static bool is_number(const char *text, size_t most, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    *out = (size_t)n;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && n <= most;
}

bool value_number(const char *option, const char *text, size_t *out)
{
    bool ok = is_number(text, SIZE_MAX / 2, out);
    if (!ok)
        common_fail(_("%s: a whole number from 0 on, not %s"), option, text);
    return ok;
}

bool value_count(const char *option, const char *text, size_t most, unsigned *out)
{
    size_t n;
    bool ok = is_number(text, most, &n) && n > 0;
    if (!ok)
        common_fail(_("%s: a number from 1 to %zu, not %s"), option, most, text);
    *out = (unsigned)n;
    return ok;
}

bool value_day(const char *option, const char *text, bool last, int32_t *out)
{
    int32_t first_day, last_day;
    if (!nq_day_parse((struct nq_str){text, strlen(text)}, &first_day, &last_day)) {
        common_fail(_("%s: a date like 2026, 2026-06 or 2026-06-17, not %s"), option, text);
        return false;
    }
    *out = last ? last_day : first_day;
    return true;
}

int value_word(const char *option, const char *text, const char *const *words)
{
    char list[200] = "", before[200];
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], text) == 0)
            return i;
        strcpy(before, list);
        snprintf(list, sizeof list,
                 i == 0         ? "%s%s"
                 : words[i + 1] ? _("%s, %s")
                                : _("%s or %s"),
                 before, words[i]);
    }
    common_fail(_("%s: %s, not %s"), option, list, text);
    return -1;
}

bool value_kind(const char *text, enum nq_kind *out)
{
    static const char *const words[] = {"report", "reference", "all", NULL};
    return nq_kind_parse((struct nq_str){text, strlen(text)}, out) ||
           value_word("--kind", text, words) >= 0;
}

bool value_colour(const char *text, bool *colour)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    int which = value_word("--color", text, words);
    *colour = which == 1 || (which == 0 && isatty(STDOUT_FILENO) && !(no && *no) &&
                             !(term && strcmp(term, "dumb") == 0));
    return which >= 0;
}
