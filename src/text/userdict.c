/* The trie of a user's dictionary: nodes in a row, found through a hash table of (parent,
 * character), which a hundred thousand lines fill in some 20 ms without sorting anything. */
#include "text/userdict.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "text/fold.h"
#include "text/utf8.h"

/* Larger files are taken for something else. */
enum { MAX_BYTES = 64 << 20, DEFAULT_WEIGHT = 5 };

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 32) * 0xD6E8FEB86659FD93u;
    return x ^ x >> 32;
}

/* The slot that holds the child, or the free one where it belongs. */
static uint32_t slot_of(const struct nq_userdict *dict, uint32_t parent, uint32_t cp)
{
    uint32_t mask = dict->n_slots - 1;
    for (uint32_t slot = (uint32_t)mix((uint64_t)parent << 32 | cp) & mask;;
         slot = (slot + 1) & mask) {
        uint32_t node = dict->slots[slot];
        if (!node || (dict->nodes[node].parent == parent && dict->nodes[node].cp == cp))
            return slot;
    }
}

uint32_t nq_userdict_child(const struct nq_userdict *dict, uint32_t parent, uint32_t cp)
{
    return dict->slots[slot_of(dict, parent, cp)];
}

unsigned nq_userdict_find(const struct nq_userdict *dict, const uint32_t *cp, size_t n)
{
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++)
        if (!(node = nq_userdict_child(dict, node, cp[i])))
            return 0;
    return dict->nodes[node].weight;
}

/* Doubles nodes and slots.  The table stays at most half full. */
static bool grow(struct nq_userdict *dict)
{
    uint32_t cap = dict->cap_nodes ? 2 * dict->cap_nodes : 1024;
    struct nq_userdict_node *nodes = realloc(dict->nodes, cap * sizeof *nodes);
    if (!nodes)
        return false;
    dict->nodes = nodes;
    uint32_t *slots = calloc(2 * (size_t)cap, sizeof *slots);
    if (!slots)
        return false;
    free(dict->slots);
    dict->slots = slots;
    dict->n_slots = 2 * cap;
    dict->cap_nodes = cap;
    for (uint32_t i = 1; i < dict->n_nodes; i++)
        slots[slot_of(dict, nodes[i].parent, nodes[i].cp)] = i;
    return true;
}

/* The child, made where there is none; 0 without memory. */
static uint32_t make_child(struct nq_userdict *dict, uint32_t parent, uint32_t cp)
{
    uint32_t node = nq_userdict_child(dict, parent, cp);
    if (node)
        return node;
    if (dict->n_nodes == dict->cap_nodes && !grow(dict))
        return 0;
    node = dict->n_nodes++;
    dict->nodes[node] = (struct nq_userdict_node){.parent = parent, .cp = cp};
    dict->slots[slot_of(dict, parent, cp)] = node;
    return node;
}

/* Adds a word; *again where it is there already.  False without memory. */
static bool add_word(struct nq_userdict *dict, const struct nq_folded *word, uint32_t weight,
                     bool *again)
{
    uint32_t node = 0;
    uint64_t hash = weight;
    for (size_t i = 0; i < word->n; i++) {
        hash = mix(hash ^ word->cp[i]) + i;
        node = make_child(dict, node, word->cp[i]);
        if (!node)
            return false;
    }
    *again = dict->nodes[node].weight != 0;
    if (*again)
        return true;
    dict->nodes[node].weight = weight;
    if (word->n == 1) {
        dict->singles[(word->cp[0] & 0xFFFF) / 64] |= 1ull << (word->cp[0] % 64);
    } else {
        uint32_t pair = nq_userdict_pair(word->cp[0], word->cp[1]);
        dict->pairs[pair / 64] |= 1ull << (pair % 64);
    }
    dict->hash += mix(hash);
    dict->n_words++;
    return true;
}

/* Takes a line apart; returns what is wrong with it, or NULL. */
static const char *parse_line(struct nq_str line, struct nq_str *term, uint32_t *weight)
{
    struct nq_str rest = line, column = {0};
    *weight = DEFAULT_WEIGHT;
    nq_str_split(&rest, '\t', term);
    *term = nq_str_trim(*term);
    if (term->len == 0)
        return N_("no term in the first column");
    if (nq_utf8_count(*term) > NQ_USERDICT_WORD_MAX)
        return N_("a term of more than 100 characters");
    if (nq_str_split(&rest, '\t', &column) && nq_str_split(&rest, '\t', &column)) {
        column = nq_str_trim(column);
        if (rest.ptr)
            return N_("more than three columns");
        if (column.len > 1 || (column.len == 1 && (column.ptr[0] < '1' || column.ptr[0] > '9')))
            return N_("the weight is not a digit from 1 to 9");
        if (column.len == 1)
            *weight = (uint32_t)(column.ptr[0] - '0');
    }
    return NULL;
}

/* What a file is read with. */
struct source {
    const char *path;
    size_t line;
    nq_userdict_warning *warning;
    void *user;
    struct nq_folded folded;
    struct nq_arena *arena; /* for what is not in NFC */
    struct nq_str previous; /* good line */
    bool in_order;          /* so far */
};

static void warn(const struct source *source, const char *problem)
{
    struct nq_error text = {0};
    if (!source->warning)
        return;
    nq_fail(&text, NQ_ERR_INPUT, _("%s:%zu: passed over: %s"), source->path, source->line,
            _(problem));
    source->warning(source->user, text.message);
}

/* What is odd about a line and harmless: it is used. */
static void note(const struct source *source, const char *oddity)
{
    struct nq_error text = {0};
    if (!source->warning)
        return;
    nq_fail(&text, NQ_ERR_INPUT, _("%s:%zu: %s"), source->path, source->line, _(oddity));
    source->warning(source->user, text.message);
}

/* Tells of the first line that LC_ALL=C sort would put elsewhere. */
static void check_order(struct source *source, struct nq_str line)
{
    source->in_order = nq_str_cmp(line, source->previous) >= 0;
    source->previous = line;
    if (!source->in_order)
        note(source, N_("out of order (LC_ALL=C sort); used all the same"));
}

/* Puts the term into NFC.  False without memory. */
static bool compose(struct source *source, struct nq_str *term)
{
    size_t repaired;
    nq_arena_reset(source->arena);
    struct nq_str composed = nq_utf8_clean(source->arena, *term, &repaired);
    if (!composed.ptr)
        return false;
    if (!nq_str_eq(composed, *term))
        note(source, N_("not in NFC; its composed form is used"));
    *term = composed;
    return true;
}

static enum nq_status read_line(struct nq_userdict *dict, struct source *source, struct nq_str line,
                                struct nq_error *err)
{
    struct nq_str term;
    uint32_t weight;
    bool again = false;
    if (nq_str_trim(line).len == 0 || line.ptr[0] == '#')
        return NQ_OK;
    const char *problem = parse_line(line, &term, &weight);
    if (!problem && source->in_order)
        check_order(source, line);
    if (!problem && (!compose(source, &term) || !nq_fold_text(term, &source->folded)))
        return nq_fail_nomem(err);
    if (!problem && source->folded.n == 0)
        problem = N_("no term in the first column");
    else if (!problem && source->folded.n > NQ_USERDICT_WORD_MAX)
        problem = N_("a term of more than 100 characters");
    else if (!problem && !add_word(dict, &source->folded, weight, &again))
        return nq_fail_nomem(err);
    if (again)
        problem = N_("the term stands above already");
    if (problem)
        warn(source, problem);
    return NQ_OK;
}

static enum nq_status read_lines(struct nq_userdict *dict, struct source *source,
                                 struct nq_str text, struct nq_error *err)
{
    struct nq_str line;
    enum nq_status status = NQ_OK;
    if (nq_str_starts(text, NQ_STR("\xEF\xBB\xBF")))
        text = nq_str_sub(text, 3, text.len);
    while (status == NQ_OK && nq_str_line(&text, &line)) {
        source->line++;
        if (nq_utf8_check(line) < line.len || (line.len && memchr(line.ptr, 0, line.len)))
            return nq_fail(err, NQ_ERR_INPUT, _("%s:%zu: not UTF-8 text"), source->path,
                           source->line);
        status = read_line(dict, source, line, err);
    }
    return status;
}

static enum nq_status read_file(const char *path, struct nq_buf *out, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    FILE *f = fopen(path, "rb");
    if (!f)
        return nq_fail_errno(err, path);
    for (size_t n = 1; n > 0 && status == NQ_OK;) {
        if (!nq_buf_reserve(out, 1 << 16)) {
            status = nq_fail_nomem(err);
            break;
        }
        errno = 0;
        n = fread(out->ptr + out->len, 1, 1 << 16, f);
        out->len += n;
        if (n == 0 && ferror(f))
            status = nq_fail_errno(err, path);
        else if (out->len > MAX_BYTES)
            status = nq_fail(err, NQ_ERR_INPUT, _("%s:1: too large for a dictionary"), path);
    }
    fclose(f);
    return status;
}

enum nq_status nq_userdict_read(const char *path, nq_userdict_warning *warning, void *user,
                                struct nq_userdict **out, struct nq_error *err)
{
    struct nq_buf bytes = {0};
    struct source source = {.path = path, .warning = warning, .user = user, .in_order = true};
    struct nq_userdict *dict = calloc(1, sizeof *dict);
    enum nq_status status;
    source.arena = nq_arena_create();
    if (!dict || !source.arena || !grow(dict)) {
        status = nq_fail_nomem(err);
        goto out;
    }
    dict->nodes[0] = (struct nq_userdict_node){0};
    dict->n_nodes = 1;
    status = read_file(path, &bytes, err);
    if (status == NQ_OK)
        status = read_lines(dict, &source, nq_buf_str(&bytes), err);
    if (status == NQ_OK) {
        *out = dict;
        dict = NULL;
    }
out:
    nq_userdict_destroy(dict);
    nq_folded_finish(&source.folded);
    nq_arena_destroy(source.arena);
    nq_buf_finish(&bytes);
    return status;
}

void nq_userdict_destroy(struct nq_userdict *dict)
{
    if (!dict)
        return;
    free(dict->nodes);
    free(dict->slots);
    free(dict);
}
