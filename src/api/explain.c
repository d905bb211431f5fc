/* How a query was understood, as lines of a label, a tab and a value: for --explain.  Labels stay
 * English here; what prints them for people translates them. */
#include "api/explain.h"

#include "base/buf.h"

enum { MOST_UNITS = 40 }; /* of a line */

static void add_term(struct nq_buf *out, const struct nq_term *term)
{
    static const char *const fields[] = {"", "title:", "source:", "doc:", "org:"};
    const char *quote = term->exact ? "\"" : "";
    nq_buf_addf(out, "%s%s%.*s%s%s", fields[term->field], quote, NQ_STR_ARG(term->text), quote,
                term->prefix ? "*" : "");
}

static void add_query(struct nq_buf *out, const char *label, const struct nq_query *query)
{
    nq_buf_addf(out, "%s\t", label);
    for (size_t c = 0; c < query->n_clauses; c++) {
        const struct nq_clause *clause = &query->clauses[c];
        bool several = clause->n_terms > 1 && query->n_clauses > 1;
        nq_buf_addf(out, "%s%s%s", c ? " AND " : "", clause->negated ? "NOT " : "",
                    several ? "(" : "");
        for (size_t t = 0; t < clause->n_terms; t++) {
            nq_buf_add(out, t ? NQ_STR(" OR ") : NQ_STR(""));
            add_term(out, &clause->terms[t]);
        }
        nq_buf_add(out, several ? NQ_STR(")") : NQ_STR(""));
    }
    nq_buf_add_byte(out, '\n');
}

static void add_days(struct nq_buf *out, const char *label, int32_t from, int32_t to)
{
    char first[11], last[11];
    if (from != NQ_NO_DAY || to != NQ_NO_DAY)
        nq_buf_addf(out, "%s\t%s..%s\n", label, nq_day_format(from, first),
                    nq_day_format(to, last));
}

static void add_filter(struct nq_buf *out, const struct nq_filter *filter)
{
    add_days(out, "dates", filter->from, filter->to);
    for (size_t i = 0; i < filter->n_excluded; i++)
        add_days(out, "not dates", filter->excluded[i].from, filter->excluded[i].to);
    if (filter->kinds != NQ_KIND_ALL)
        nq_buf_addf(out, "kind\t%s\n", filter->kinds == NQ_KIND_REPORT ? "report" : "reference");
}

static void add_atom(struct nq_buf *out, const struct nq_pattern *p, size_t i)
{
    struct nq_str atom = p->atoms[i];
    if (atom.ptr[atom.len - 1] == NQ_TOKEN_SEP)
        atom.len--;
    nq_buf_add(out, atom);
}

static bool is_latin(const struct nq_pattern *p, size_t i)
{
    return p->atoms[i].ptr[p->atoms[i].len - 1] == NQ_TOKEN_SEP;
}

static void add_units(struct nq_buf *out, const char *label, const struct nq_pattern *p,
                      const struct nq_units *units)
{
    if (units->n == 0)
        return;
    nq_buf_addf(out, "%s\t", label);
    for (size_t u = 0; u < units->n && u < MOST_UNITS; u++) {
        const struct nq_unit *unit = &units->items[u];
        const uint32_t *atoms = p->sequence + unit->first;
        nq_buf_add(out, u ? NQ_STR("  ") : NQ_STR(""));
        for (uint32_t i = 0; i < unit->n; i++) {
            if (i > 0 && is_latin(p, atoms[i - 1]) && is_latin(p, atoms[i]))
                nq_buf_add_byte(out, ' ');
            add_atom(out, p, atoms[i]);
        }
        nq_buf_addf(out, " %.1f", unit->idf);
    }
    nq_buf_add(out, units->n > MOST_UNITS ? NQ_STR("  …\n") : NQ_STR("\n"));
}

/* The characters of question words, which are neither looked for nor ranked by. */
static void add_ignored(struct nq_buf *out, const struct nq_pattern *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_atoms; i++) {
        if (p->idf[i] > 0)
            continue;
        nq_buf_add(out, n++ ? NQ_STR(" ") : NQ_STR("not ranked by\t"));
        add_atom(out, p, i);
    }
    nq_buf_add(out, n ? NQ_STR("\n") : NQ_STR(""));
}

struct nq_str nq_explain(struct nq_arena *arena, const struct nq_search *search,
                         const struct nq_found *found)
{
    const struct nq_query *query = search->query;
    const struct nq_pattern *pattern = search->pattern;
    struct nq_buf buf = {0};
    size_t tiers[4] = {0};
    add_query(&buf, "query", query);
    if (search->widened)
        add_query(&buf, "also", search->widened);
    add_filter(&buf, &query->filter);
    add_units(&buf, "terms", pattern, &pattern->terms);
    add_units(&buf, "words", pattern, &pattern->words);
    add_units(&buf, "pairs", pattern, &pattern->bigrams);
    add_ignored(&buf, pattern);
    for (size_t i = 0; i < found->n; i++)
        tiers[found->matches[i].tier]++;
    nq_buf_addf(
        &buf, "ranked\t%zu as typed, %zu all words, %zu by other names, %zu partial; %llu found\n",
        tiers[NQ_TIER_EXACT], tiers[NQ_TIER_WORDS], tiers[NQ_TIER_SYNONYM], tiers[NQ_TIER_PARTIAL],
        (unsigned long long)found->total);
    struct nq_str text = buf.failed ? (struct nq_str){0} : nq_arena_str(arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return text;
}
