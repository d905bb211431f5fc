/* From expressions, filters and units to the queries of Xapian. */
#include "engine/xapian_module.hh"

#include <algorithm>
#include <cstring>

namespace nqx
{

namespace
{

enum {
    MOST_EXPANDED = 64, /* terms that the beginning of a word stands for */
    NEEDED = 2,         /* bigrams of a phrase, the rarest, that are looked for before it is read */
};

/* ---- what is asked of passages one by one ---- */

/* Asks now and then whether a search is to go on. */
class Watch
{
  public:
    explicit Watch(const nq_xapian_query *query) : q(query)
    {
    }
    void ask()
    {
        enum { ASK_EVERY = 64 };
        if (q->go_on && n++ % ASK_EVERY == 0 && !q->go_on(q->user))
            throw Stopped();
    }

  private:
    const nq_xapian_query *q;
    size_t n = 0;
};

/* Passages of which something holds.  It says that it may be all, so that Xapian asks it last, one
 * by one of those that all the rest matches. */
class LastSource : public Xapian::PostingSource
{
  public:
    void init(const Xapian::Database &db) override
    {
        documents = db.get_doccount();
        last = db.get_lastdocid();
        at = 0;
    }
    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return documents;
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return documents;
    }
    void next(double weight) override
    {
        skip_to(at + 1, weight);
    }
    void skip_to(Xapian::docid document, double) override
    {
        for (at = document; at <= last && !holds(); at++) {
        }
    }
    bool check(Xapian::docid document, double) override
    {
        at = document;
        return holds();
    }
    bool at_end() const override
    {
        return at > last;
    }
    Xapian::docid get_docid() const override
    {
        return at;
    }

  protected:
    Xapian::doccount documents = 0;
    Xapian::docid at = 0, last = 0;

    virtual bool holds() = 0;
};

/* All of them, watched. */
class WatchSource : public LastSource
{
  public:
    explicit WatchSource(const Watch &asking) : watch(asking)
    {
    }
    PostingSource *clone() const override
    {
        return new WatchSource(watch);
    }
    Xapian::doccount get_termfreq_min() const override
    {
        return documents;
    }

  private:
    Watch watch;

    bool holds() override
    {
        watch.ask();
        return true;
    }
};

/* A phrase: the marks of what may stand at each place. */
struct Phrase {
    std::vector<std::vector<uint32_t>> marks;
    bool heading;
};

/* The passages in whose tokens phrases stand, all of them; those that are asked of hold the tokens.
 */
class PhraseSource : public LastSource
{
  public:
    PhraseSource(const std::vector<Phrase> &wanted, const Watch &asking)
        : phrases(wanted), watch(asking)
    {
        for (const Phrase &p : phrases) {
            places.emplace_back();
            for (const auto &place : p.marks)
                places.back().push_back({place.data(), place.size()});
        }
    }
    PostingSource *clone() const override
    {
        return new PhraseSource(phrases, watch);
    }
    void init(const Xapian::Database &db) override
    {
        LastSource::init(db);
        sequences = db.valuestream_begin(SLOT_SEQUENCE);
        end = db.valuestream_end(SLOT_SEQUENCE);
    }

  private:
    const std::vector<Phrase> phrases;
    std::vector<std::vector<nq_sequence_place>> places;
    Watch watch;
    Xapian::ValueIterator sequences, end;

    bool holds() override
    {
        watch.ask();
        if (sequences == end || !sequences.check(at) || sequences == end ||
            sequences.get_docid() != at)
            return false;
        string s = *sequences;
        for (size_t i = 0; i < phrases.size(); i++)
            if (!nq_sequence_holds(s.data(), s.size(), places[i].data(), places[i].size(),
                                   phrases[i].heading))
                return false;
        return true;
    }
};

/* ---- expressions ---- */

/* Reads an expression of engine/compile.h:
 *
 *     part   = '(' part ((' AND ' | ' OR ' | ' NOT ') part)* ')' | ['heading:'] list [' *'],
 *     list   = '"' token (NEXT token | SYNONYM token)* '"'     with '"' doubled in a token
 *
 * The joiners in one pair of brackets are all the same, but for a NOT at the very end. */
class Expression
{
  public:
    /* With `only_dense`, the prefix of a kind of lists, just what is dense is to match. */
    Expression(nq_str text, const nq_xapian_reader *reader, const Watch &asking, bool with_score,
               char only_dense = 0)
        : s(text.ptr, text.len), db(reader->all), sequences(reader->sequences), watch(asking),
          scored(with_score), kind_of_list(only_dense)
    {
    }

    Xapian::Query query()
    {
        Part p = part();
        if (eat(" NOT "))
            p.query = Xapian::Query(Xapian::Query::OP_AND_NOT, p.query, without());
        return whole(p);
    }

    /* How many of its phrases only match where they are dense. */
    size_t n_dense() const
    {
        return dense_phrases;
    }

  private:
    /* What matches, once its phrases have been looked up: all those of one passage together. */
    struct Part {
        Xapian::Query query;
        std::vector<Phrase> phrases;
        std::vector<Xapian::Query> besides; /* what these hold anyhow, for the score alone */
    };

    const string s;
    const Xapian::Database &db;
    const bool sequences; /* phrases are found by the tokens in a row, else by positions */
    const Watch watch;
    const bool scored;
    char kind_of_list;
    size_t at = 0, dense_phrases = 0;

    bool eat(const char *word)
    {
        size_t len = strlen(word);
        if (s.compare(at, len, word) != 0)
            return false;
        at += len;
        return true;
    }

    Xapian::Query whole(const Part &p) const
    {
        using Q = Xapian::Query;
        if (p.phrases.empty())
            return p.query;
        Q q(Q::OP_FILTER, p.query, Q((new PhraseSource(p.phrases, watch))->release()));
        if (!scored || p.besides.empty())
            return q;
        return Q(Q::OP_AND_MAYBE, q, Q(Q::OP_OR, p.besides.begin(), p.besides.end()));
    }

    /* What is not to match, dense or not. */
    Xapian::Query without()
    {
        char kind = kind_of_list;
        kind_of_list = 0;
        Xapian::Query q = whole(part());
        kind_of_list = kind;
        return q;
    }

    /* Adds to what is there the part behind a joiner. */
    void join(Part &p)
    {
        using Q = Xapian::Query;
        if (eat(" NOT ")) {
            p.query = Q(Q::OP_AND_NOT, p.query, without());
        } else if (eat(" OR ")) {
            p = {Q(Q::OP_OR, whole(p), whole(part())), {}, {}};
        } else if (eat(" AND ")) {
            Part next = part();
            p.query = Q(Q::OP_AND, p.query, next.query);
            p.phrases.insert(p.phrases.end(), next.phrases.begin(), next.phrases.end());
            p.besides.insert(p.besides.end(), next.besides.begin(), next.besides.end());
        } else {
            throw Xapian::QueryParserError("an expression that cannot be read");
        }
    }

    Part part()
    {
        if (!eat("("))
            return phrase();
        if (eat(")"))
            return {};
        Part p = part();
        while (at < s.size() && !eat(")"))
            join(p);
        return p;
    }

    /* One token of a list; *joint is the byte behind it, '"' at the end. */
    string token(char *joint)
    {
        string t;
        for (; at < s.size(); at++) {
            if (s[at] == '"') {
                if (at + 1 >= s.size() || s[at + 1] != '"')
                    break;
                at++;
            } else if (s[at] == '\x1F' || s[at] == '\x1E') {
                break;
            }
            t += s[at];
        }
        *joint = at < s.size() ? s[at++] : '"';
        return t;
    }

    /* The terms that begin so, those of most passages. */
    std::vector<string> expand(const string &prefix) const
    {
        std::vector<std::pair<Xapian::doccount, string>> found;
        for (auto t = db.allterms_begin(prefix); t != db.allterms_end(prefix); ++t)
            found.emplace_back(t.get_termfreq(), *t);
        size_t n = std::min<size_t>(found.size(), MOST_EXPANDED);
        std::partial_sort(found.begin(), found.begin() + (ptrdiff_t)n, found.end(),
                          [](const auto &a, const auto &b) {
                              return a.first != b.first ? a.first > b.first : a.second < b.second;
                          });
        std::vector<string> terms;
        for (size_t i = 0; i < n; i++)
            terms.push_back(found[i].second);
        return terms;
    }

    /* A single token, or the beginning of one: an atom that is whole is a term of its own. */
    Xapian::Query single(string t, bool heading, bool prefix)
    {
        if (t.empty())
            return Xapian::Query();
        if (!prefix)
            return Xapian::Query(listed(heading ? heading_prefix : '\0', t));
        char kind = heading ? heading_atom_prefix : NQ_XAPIAN_ATOM;
        bool letter = (unsigned char)t[0] < 0xE2; /* below the blocks of Chinese */
        if (t.back() == NQ_TOKEN_SEP)
            t.pop_back();
        else if (letter)
            return any_of(expand(string(1, kind) + t), Xapian::Query::OP_SYNONYM);
        dense_phrases += kind_of_list && !heading;
        return Xapian::Query(listed(kind, t));
    }

    /* The list to look a token up in. */
    string listed(char kind, const string &token) const
    {
        string term = make_term(kind, token.data(), token.size());
        return kind_of_list && (kind == NQ_XAPIAN_TEXT || kind == NQ_XAPIAN_ATOM)
                   ? kind_of_list + term
                   : term;
    }

    Part phrase()
    {
        bool heading = eat("heading:");
        std::vector<std::vector<string>> places(1);
        char joint;
        if (!eat("\""))
            throw Xapian::QueryParserError("an expression that cannot be read");
        do {
            places.back().push_back(token(&joint));
            if (joint == '\x1F')
                places.emplace_back();
        } while (joint != '"');
        bool prefix = eat(" *");
        if (places.size() == 1 && places[0].size() == 1)
            return {single(places[0][0], heading, prefix), {}, {}};
        dense_phrases += kind_of_list && !heading;
        std::vector<Xapian::Query> queries;
        std::vector<std::pair<double, size_t>> rarity; /* of each place */
        Phrase wanted = {{}, heading};
        size_t before = listed(heading ? heading_prefix : NQ_XAPIAN_TEXT, "").size();
        for (size_t i = 0; i < places.size(); i++) {
            std::vector<string> terms = place(places[i], heading, prefix && i + 1 == places.size());
            queries.push_back(any_of(terms, Xapian::Query::OP_OR));
            rarity.emplace_back(0, i);
            for (const string &t : terms)
                rarity.back().first += db.get_termfreq(t);
            wanted.marks.emplace_back();
            for (const string &t : terms)
                wanted.marks.back().push_back(
                    nq_sequence_mark(t.data() + before, t.size() - before));
        }
        using Q = Xapian::Query;
        if (!sequences || places.size() == 1)
            return {
                Q(Q::OP_PHRASE, queries.begin(), queries.end(), (Xapian::termcount)places.size()),
                {},
                {}};
        std::sort(rarity.begin(), rarity.end());
        std::vector<Q> needed, besides;
        for (size_t i = 0; i < rarity.size(); i++)
            (i < NEEDED || kind_of_list ? needed : besides).push_back(queries[rarity[i].second]);
        return {Q(Q::OP_AND, needed.begin(), needed.end()), {wanted}, besides};
    }

    static Xapian::Query any_of(const std::vector<string> &terms, Xapian::Query::op op)
    {
        return terms.size() == 1 ? Xapian::Query(terms[0])
                                 : Xapian::Query(op, terms.begin(), terms.end());
    }

    /* What may stand at one place of a phrase: only what the index holds, since each alternative
     * costs a list. */
    std::vector<string> place(const std::vector<string> &tokens, bool heading, bool prefix) const
    {
        std::vector<string> any;
        for (const string &t : tokens) {
            string term = listed(heading ? heading_prefix : NQ_XAPIAN_TEXT, t);
            if (prefix)
                for (const string &longer : expand(term))
                    any.push_back(longer);
            else if (any.empty() || db.term_exists(term))
                any.push_back(term);
        }
        return any;
    }
};

/* ---- filters ---- */

Xapian::Query days_between(int32_t from, int32_t to)
{
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, SLOT_DAY,
                         day_value(from + (from == NQ_NO_DAY)),
                         day_value(to == NQ_NO_DAY ? INT32_MAX : to));
}

Xapian::Query add_filter(Xapian::Query q, const nq_filter *f)
{
    using Q = Xapian::Query;
    if (f->kinds == NQ_KIND_REPORT || f->kinds == NQ_KIND_REFERENCE) {
        string kind(1, (char)('0' + f->kinds));
        q = Q(Q::OP_FILTER, q, Q(Q::OP_VALUE_RANGE, SLOT_KIND, kind, kind));
    }
    if (f->from != NQ_NO_DAY || f->to != NQ_NO_DAY)
        q = Q(Q::OP_FILTER, q, days_between(f->from, f->to));
    for (size_t i = 0; i < f->n_excluded; i++)
        q = Q(Q::OP_AND_NOT, q, days_between(f->excluded[i].from, f->excluded[i].to));
    return q;
}

Xapian::Query add_sources(Xapian::Query q, const nq_xapian_sources *sources, size_t n)
{
    using Q = Xapian::Query;
    for (size_t i = 0; i < n; i++) {
        std::vector<Q> names;
        for (size_t k = 0; k < sources[i].n; k++)
            names.emplace_back(make_term(NQ_XAPIAN_SOURCE, sources[i].names[k]));
        q = Q(sources[i].negated ? Q::OP_AND_NOT : Q::OP_FILTER, q,
              Q(Q::OP_OR, names.begin(), names.end()));
    }
    return q;
}

Xapian::Query units_query(const nq_xapian_reader *r, const nq_xapian_query *q)
{
    using Q = Xapian::Query;
    std::vector<Q> any;
    for (size_t i = 0; i < q->n_units; i++) {
        const nq_xapian_unit &u = q->units[i];
        Q unit(make_term(u.prefix, u.token));
        bool both = u.synonym.len > 0 && r->all.term_exists(make_term(u.prefix, u.synonym));
        if (both)
            unit = Q(Q::OP_SYNONYM, unit, Q(make_term(u.prefix, u.synonym)));
        any.push_back(u.weight == 1 ? unit : Q(Q::OP_SCALE_WEIGHT, unit, u.weight));
    }
    return Q(Q::OP_OR, any.begin(), any.end());
}

} // namespace

Xapian::Query whole_query(nq_xapian_reader *r, const nq_xapian_query *q, bool scored,
                          char only_dense, size_t *n)
{
    using Q = Xapian::Query;
    Q query;
    Watch watch(q);
    if (q->match.len > 0) {
        Expression match(q->match, r, watch, scored, only_dense);
        query = match.query();
        if (n)
            *n = match.n_dense();
    } else if (q->n_units > 0) {
        query = units_query(r, q);
    } else {
        query = Q::MatchAll;
    }
    if (q->must.len > 0)
        query = Q(Q::OP_FILTER, query, Expression(q->must, r, watch, false).query());
    if (q->excluded.len > 0)
        query = Q(Q::OP_AND_NOT, query, Expression(q->excluded, r, watch, false).query());
    if (q->filter)
        query = add_filter(query, q->filter);
    query = add_sources(query, q->sources, q->n_sources);
    return q->go_on && r->here ? Q(Q::OP_FILTER, query, Q((new WatchSource(watch))->release()))
                               : query;
}

} // namespace nqx
