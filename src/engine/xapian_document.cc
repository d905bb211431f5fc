/* A passage as a document of Xapian: see xapian.h for its terms and values. */
#include "engine/xapian_module.hh"

#include <algorithm>

namespace nqx
{

enum { SAMPLE_BLOCK = 64 }; /* ids */

/* A word counts once in a passage: FTS5's index has no counts of words either. */
void add_words(Xapian::Document &d, const nq_token *words, size_t n)
{
    std::vector<string> names;
    for (size_t i = 0; i < n; i++)
        names.push_back(make_term(NQ_XAPIAN_WORD, words[i].text));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const string &name : names)
        d.add_term(name);
}

static void add_token(Xapian::Document &d, const string &term, Xapian::termpos at, bool positions,
                      bool wdf)
{
    if (positions)
        d.add_posting(term, at, wdf);
    else
        d.add_term(term, wdf);
}

static void add_tokens(Xapian::Document &d, const nq_tokens *tokens, bool heading, bool positions)
{
    Xapian::termpos first = heading ? NQ_XAPIAN_HEADING : 0, at = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        const nq_token &t = tokens->items[i];
        at += !t.colocated;
        add_token(d, make_term(NQ_XAPIAN_TEXT, t.text), first + at, positions, true);
        if (heading)
            add_token(d, make_term(heading_prefix, t.text), at, positions, false);
    }
    for (size_t i = 0; i < tokens->atoms.n; i++) {
        nq_str atom = {tokens->atoms.bytes + tokens->atoms.items[i].text,
                       tokens->atoms.items[i].len};
        d.add_term(make_term(NQ_XAPIAN_ATOM, atom));
        if (heading)
            d.add_term(make_term(heading_atom_prefix, atom), 0);
    }
}

/* Puts the tokens that are there already into the lists of dense ones, too. */
static void add_dense(Xapian::Document &d, double atoms, double average)
{
    std::vector<std::pair<string, Xapian::termcount>> found;
    double norm = bm25_k1 * (1 - bm25_b + bm25_b * atoms / average);
    for (auto t = d.termlist_begin(); t != d.termlist_end(); ++t) {
        bool token = (*t)[0] < 'A' || (*t)[0] > 'Z' || (*t)[0] == NQ_XAPIAN_ATOM;
        if (token && t.get_wdf() > dense[0].least * (t.get_wdf() + norm))
            found.emplace_back(*t, t.get_wdf());
    }
    for (const auto &f : found)
        for (const auto &kind : dense) {
            if (f.second <= kind.least * (f.second + norm))
                break;
            string term = kind.prefix + f.first;
            auto t = d.termlist_begin();
            t.skip_to(f.first);
            if (t.positionlist_count() == 0)
                d.add_term(term, f.second);
            for (auto p = t.positionlist_begin(); p != t.positionlist_end(); ++p)
                d.add_posting(term, *p);
        }
}

static void add_samples(Xapian::Document &d, int64_t id)
{
    uint64_t block = (uint64_t)id / SAMPLE_BLOCK;
    for (int level = 1; level <= SAMPLES; level++)
        if (block % (1u << level) == 1u << (level - 1))
            d.add_boolean_term(sample_term(level));
}

Xapian::Document make_document(const nq_xapian_document *in)
{
    Xapian::Document d;
    size_t atoms = in->body->atoms.n + in->heading->atoms.n;
    add_tokens(d, in->body, false, in->positions);
    add_tokens(d, in->heading, true, in->positions);
    add_dense(d, (double)atoms, in->average);
    add_words(d, in->words, in->n_words);
    add_samples(d, in->id);
    d.add_term(length_term, (Xapian::termcount)atoms);
    if (in->source.len > 0) {
        d.add_boolean_term(make_term(NQ_XAPIAN_SOURCE, in->source));
        d.add_value(SLOT_SOURCE, string(in->source.ptr, in->source.len));
    }
    if (in->day != NQ_NO_DAY)
        d.add_value(SLOT_DAY, day_value(in->day));
    d.add_value(SLOT_KIND, string(1, (char)('0' + in->kind)));
    d.add_value(SLOT_SEQUENCE, string(in->sequence.ptr, in->sequence.len));
    if (in->data.len > 0)
        d.set_data(string(in->data.ptr, in->data.len));
    return d;
}

} // namespace nqx
