/* What a section of a draft and an earlier one have in common. */
#include "api/check.h"
#include "text/organisation.h"
#include "text/title.h"

enum {
    TOPICS = 12,        /* shared terms that are named */
    FORMULA = 3,        /* of the candidates with a sentence make a formula of it */
    LONG_SENTENCE = 30, /* atoms that no formula has word by word */
};

/* Of a title's weight, what a section must hold to be about the cited work. */
static const double least_about = 0.6;

/* Documents that both name, and how special the rarest is. */
static bool share_documents(struct nq_check_section *s, const struct nq_side *prior,
                            struct nq_prior *out, struct nq_evidence *e)
{
    for (size_t i = 0; i < s->side.n_documents; i++) {
        const struct nq_side_document *d = &s->side.documents[i];
        for (size_t k = 0; k < prior->n_documents; k++) {
            const struct nq_side_document *p = &prior->documents[k];
            if (!nq_titles_same(d->key, p->key))
                continue;
            int leading = d->leading + p->leading;
            if (!s->stock[i] && leading > e->document)
                e->document = leading;
            if (!nq_check_add_str(s->run->arena, &out->documents, &out->n_documents, d->title))
                return false;
            break;
        }
    }
    return true;
}

/* Works that the draft cites and the unit's report cited, and that the section is about. */
static bool share_references(struct nq_check_section *s, const struct nq_check_unit *unit,
                             struct nq_prior *out)
{
    struct nq_check_run *run = s->run;
    for (size_t i = 0; i < run->n_references; i++) {
        const struct nq_checked_reference *r = &run->references[i];
        size_t k = 0;
        while (k < r->n_cited_before && r->cited_before[k].report.id != unit->hit.report.id)
            k++;
        if (k == r->n_cited_before)
            continue;
        struct nq_overlap here = nq_term_overlap(&run->terms, &run->cited[i], &s->side.terms);
        struct nq_overlap there = nq_term_overlap(&run->terms, &run->cited[i], &unit->side.terms);
        if (here.covered < least_about * here.first || there.covered < least_about * there.first)
            continue;
        struct nq_str title = r->title.len ? r->title : r->raw;
        if (!nq_check_add_str(run->arena, &out->references, &out->n_references, title))
            return false;
    }
    return true;
}

static bool share_days(struct nq_check_section *s, const struct nq_side *prior,
                       struct nq_prior *out)
{
    int32_t *days = nq_arena_array(s->run->arena, s->side.n_days + 1, sizeof *days);
    if (!days)
        return false;
    for (size_t i = 0, k = 0; i < s->side.n_days && k < prior->n_days;) {
        if (s->side.days[i] == prior->days[k])
            days[out->n_events++] = s->side.days[i++], k++;
        else if (s->side.days[i] < prior->days[k])
            i++;
        else
            k++;
    }
    out->events = days;
    return true;
}

/* A sentence that many have in a form of their own is a formula, and so is a short one.  Where its
 * figures are those of one section it comes from there, whatever others have in their place. */
static bool is_formula(const struct nq_check_section *s, const struct nq_aligned *a)
{
    size_t told = 0;
    if (a->exact && a->atoms >= LONG_SENTENCE)
        return false;
    /* A clause that many have does not make one of the sentence that begins with it. */
    for (size_t u = 0; u < s->n_units && told <= FORMULA; u++)
        for (size_t i = 0; i < s->n_reused[u]; i++) {
            const struct nq_aligned *other = &s->reused[u][i];
            bool closer = !a->counts || other->common >= a->common;
            if (closer && other->first_atom == a->first_atom && 4 * other->atoms >= 3 * a->atoms) {
                told++;
                break;
            }
        }
    return told > FORMULA;
}

/* Whether two sentences stand beside one another in both texts. */
static bool adjoin(const struct nq_aligned *a, const struct nq_aligned *b)
{
    enum { MARKS = 12 }; /* bytes between sentences: their marks */
    return b->draft_start >= a->draft_end && b->draft_start - a->draft_end <= MARKS &&
           b->prior_start >= a->prior_end && b->prior_start - a->prior_end <= MARKS;
}

static bool add_reuse(struct nq_check_section *s, const struct nq_side *prior,
                      const struct nq_aligned *a, struct nq_reuse *out)
{
    struct nq_str earlier = nq_str_sub(prior->text, a->prior_start, a->prior_end);
    *out = (struct nq_reuse){
        .draft = nq_str_sub(s->side.text, a->draft_start, a->draft_end),
        .prior = nq_arena_str(s->run->arena, earlier),
        .draft_parts = a->draft_parts,
        .prior_parts = a->prior_parts,
        .n_draft_parts = a->n_draft_parts,
        .n_prior_parts = a->n_prior_parts,
        .exact = a->exact,
        .figures = a->figures,
    };
    return out->prior.ptr != NULL;
}

/* A formula is told where the sentence before or behind it was reused, too, but is no evidence. */
static bool share_sentences(struct nq_check_section *s, size_t unit, struct nq_prior *out,
                            struct nq_evidence *e)
{
    const struct nq_aligned *all = s->reused[unit];
    size_t n = s->n_reused[unit];
    struct nq_reuse *reused = nq_arena_array(s->run->arena, n + 1, sizeof *reused);
    bool *formula = nq_arena_array(s->run->arena, n + 1, sizeof *formula);
    if (!reused || !formula)
        return false;
    for (size_t i = 0; i < n; i++)
        formula[i] = is_formula(s, &all[i]);
    for (size_t i = 0; i < n; i++) {
        bool beside = (i > 0 && !formula[i - 1] && adjoin(&all[i - 1], &all[i])) ||
                      (i + 1 < n && !formula[i + 1] && adjoin(&all[i], &all[i + 1]));
        if (formula[i] && !beside)
            continue;
        if (!add_reuse(s, &s->units[unit]->side, &all[i], &reused[out->n_reused++]))
            return false;
        /* The wording of a series stays from month to month. */
        bool next = all[i].figures && (e->series || e->other_figures);
        if (!formula[i] && !next)
            e->copied += all[i].common;
    }
    out->reused = reused;
    e->reused = s->side.atoms.n ? (double)e->copied / (double)s->side.atoms.n : 0;
    return true;
}

bool nq_check_shared(struct nq_check_section *s, size_t unit, struct nq_prior *out,
                     struct nq_evidence *e)
{
    const struct nq_side *prior = &s->units[unit]->side;
    return share_documents(s, prior, out, e) && share_days(s, prior, out) &&
           share_references(s, s->units[unit], out) && share_sentences(s, unit, out, e);
}

/* The heaviest terms that both have: the organisations among them, or the others. */
static bool name_terms(struct nq_check_section *s, const struct nq_side *prior, bool bodies,
                       const struct nq_str **names, size_t *n_names)
{
    const struct nq_check_term *terms = s->run->terms.items;
    uint32_t best[TOPICS];
    size_t n = 0;
    for (size_t i = 0, k = 0; i < s->side.terms.n && k < prior->terms.n;) {
        uint32_t a = s->side.terms.items[i].term, b = prior->terms.items[k].term;
        i += a <= b;
        k += b <= a;
        if (a != b || nq_organisation_known(terms[a].text) != bodies)
            continue;
        size_t at = n < TOPICS ? n++ : TOPICS;
        for (; at > 0 && terms[best[at - 1]].weight < terms[a].weight; at--)
            if (at < TOPICS)
                best[at] = best[at - 1];
        if (at < TOPICS)
            best[at] = a;
    }
    for (size_t i = 0; i < n; i++)
        if (!nq_check_add_str(s->run->arena, names, n_names, terms[best[i]].text))
            return false;
    return true;
}

bool nq_check_topics(struct nq_check_section *s, const struct nq_side *prior, struct nq_prior *out)
{
    return name_terms(s, prior, true, &out->organisations, &out->n_organisations) &&
           name_terms(s, prior, false, &out->topics, &out->n_topics);
}
