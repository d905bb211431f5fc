/* An option that is none, or not as it is to be written: what is wrong with it, what was meant. */
#include "values.h"

#include <string.h>

enum { LONGEST = 31 }; /* letters of a name; none of ours has as many */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters of `a` are to be changed, put in, left out or swapped to make `b`. */
static size_t edits(struct nq_str a, struct nq_str b)
{
    size_t rows[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= a.len; i++) {
        for (size_t k = 0; k <= b.len; k++) {
            if (i == 0 || k == 0) {
                rows[i][k] = i + k;
                continue;
            }
            size_t n = rows[i - 1][k - 1] + (a.ptr[i - 1] != b.ptr[k - 1]);
            n = least(n, least(rows[i - 1][k], rows[i][k - 1]) + 1);
            if (i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] && a.ptr[i - 2] == b.ptr[k - 1])
                n = least(n, rows[i - 2][k - 2] + 1);
            rows[i][k] = n;
        }
    }
    return rows[a.len][b.len];
}

/* The option that `word` comes nearest to, or NULL. */
static const char *meant(struct nq_str word, const struct option *options)
{
    const char *best = NULL;
    size_t fewest = 2 + word.len / 4;
    if (word.len == 0 || word.len > LONGEST)
        return NULL;
    for (const struct option *o = options; o->name; o++) {
        bool begins = strncmp(o->name, word.ptr, word.len) == 0;
        size_t n = begins ? 0 : edits(word, (struct nq_str){o->name, strlen(o->name)});
        if (n < fewest) {
            fewest = n;
            best = o->name;
        }
    }
    return best;
}

/* `word` without what stands before and behind a name: --name=value, -name. */
static struct nq_str name_in(const char *word)
{
    word += strspn(word, "-");
    return (struct nq_str){word, strcspn(word, "=")};
}

/* Whether `word` is the option that getopt calls `value`, written out. */
static bool is_long(const char *word, int value, const struct option *options)
{
    struct nq_str name = name_in(word);
    for (const struct option *o = options; o->name; o++)
        if (o->val == value && strncmp(word, "--", 2) == 0 &&
            strncmp(o->name, name.ptr, name.len) == 0)
            return true;
    return false;
}

int value_option(int returned, char **argv, const struct option *options)
{
    const char *word = argv[optind - 1];
    char letter[] = {'-', (char)optopt, '\0'};
    bool known = is_long(word, optopt, options);
    if (optopt != 0 && !known) { /* a letter; getopt goes on once all of a word are read */
        const char *here = argv[optind];
        if (here && here[0] == '-' && strchr(here, letter[1]))
            word = here;
    }
    struct nq_str name = name_in(word);
    if (returned == ':') {
        common_fail(_("%s: a value is missing"), known ? word : letter);
    } else if (known) {
        common_fail(_("%.*s takes no value"), (int)(name.ptr + name.len - word), word);
    } else {
        const char *other = meant(name, options);
        if (other)
            common_fail(_("no such option: %s; did you mean --%s?"), word, other);
        else
            common_fail(_("no such option: %s"),
                        optopt > 0 && (unsigned char)optopt < 0x80 ? letter : word);
    }
    return common_usage();
}
