/* From expressions to the queries of Xapian. */
#include "engine/xapian_query.hh"

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

/* Reads an expression of engine/compile.h:
 *
 *     part   = '(' part ((' AND ' | ' OR ' | ' NOT ') part)* ')' | ['heading:'] list [' *'],
 *     list   = '"' token (NEXT token | SYNONYM token)* '"'     with '"' doubled in a token
 *
 * The joiners in one pair of brackets are all the same, but for a NOT at the very end. */
class Expression
{
  public:
    Expression(nq_str text, const nq_xapian_reader *reader, const Watch &asking, bool with_score,
               const Density &density)
        : s(text.ptr, text.len), db(reader->all), sequences(reader->sequences), watch(asking),
          scored(with_score), kind(density.kind), kind_of_list(density.least ? 0 : density.kind)
    {
    }

    Expressed expressed()
    {
        Part p = part();
        if (eat(" NOT "))
            p.query = Xapian::Query(Xapian::Query::OP_AND_NOT, p.query, without());
        return {whole(p), p.dense};
    }

  private:
    /* What matches, once its phrases have been looked up: all those of one passage together. */
    struct Part {
        Xapian::Query query;
        std::vector<Phrase> phrases;
        std::vector<Xapian::Query> besides; /* what these hold anyhow, for the score alone */
        std::vector<Xapian::Query> dense;   /* as in struct Expressed */
    };

    const string s;
    const Xapian::Database &db;
    const bool sequences; /* phrases are found by the tokens in a row, else by positions */
    const Watch watch;
    const bool scored;
    const char kind;   /* of lists that tell where phrases are dense; 0: none */
    char kind_of_list; /* the same where tokens are to be looked up in these only */
    size_t at = 0;

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
        Q q(Q::OP_FILTER, p.query, phrases_query(p.phrases, watch));
        if (!scored || p.besides.empty())
            return q;
        return Q(Q::OP_AND_MAYBE, q, Q(Q::OP_OR, p.besides.begin(), p.besides.end()));
    }

    /* What is not to match, dense or not. */
    Xapian::Query without()
    {
        char of_list = kind_of_list;
        kind_of_list = 0;
        Xapian::Query q = whole(part());
        kind_of_list = of_list;
        return q;
    }

    /* Where one of two parts is dense; nothing if one of them cannot be. */
    static std::vector<Xapian::Query> either(const std::vector<Xapian::Query> &a,
                                             const std::vector<Xapian::Query> &b)
    {
        using Q = Xapian::Query;
        if (a.empty() || b.empty())
            return {};
        return {Q(Q::OP_OR, Q(Q::OP_AND, a.begin(), a.end()), Q(Q::OP_AND, b.begin(), b.end()))};
    }

    /* Adds to what is there the part behind a joiner. */
    void join(Part &p)
    {
        using Q = Xapian::Query;
        if (eat(" NOT ")) {
            p.query = Q(Q::OP_AND_NOT, p.query, without());
        } else if (eat(" OR ")) {
            Part other = part();
            p = {Q(Q::OP_OR, whole(p), whole(other)), {}, {}, either(p.dense, other.dense)};
        } else if (eat(" AND ")) {
            Part next = part();
            p.query = Q(Q::OP_AND, p.query, next.query);
            p.phrases.insert(p.phrases.end(), next.phrases.begin(), next.phrases.end());
            p.besides.insert(p.besides.end(), next.besides.begin(), next.besides.end());
            p.dense.insert(p.dense.end(), next.dense.begin(), next.dense.end());
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
    Part single(string t, bool heading, bool prefix)
    {
        if (t.empty())
            return {};
        if (!prefix)
            return {Xapian::Query(listed(heading ? heading_prefix : '\0', t)), {}, {}, {}};
        char which = heading ? heading_atom_prefix : NQ_XAPIAN_ATOM;
        bool letter = (unsigned char)t[0] < 0xE2; /* below the blocks of Chinese */
        if (t.back() == NQ_TOKEN_SEP)
            t.pop_back();
        else if (letter)
            return {any_of(expand(string(1, which) + t), Xapian::Query::OP_SYNONYM), {}, {}, {}};
        string term = listed(which, t);
        return {Xapian::Query(term), {}, {}, where_dense({term}, heading)};
    }

    /* The list to look a token up in. */
    string listed(char which, const string &token) const
    {
        string term = make_term(which, token.data(), token.size());
        return kind_of_list && (which == NQ_XAPIAN_TEXT || which == NQ_XAPIAN_ATOM)
                   ? kind_of_list + term
                   : term;
    }

    /* Where one of these terms is dense, as whatever has more of a phrase than they say is, too. */
    std::vector<Xapian::Query> where_dense(std::vector<string> terms, bool heading) const
    {
        if (!kind || heading)
            return {};
        for (string &t : terms)
            if (!kind_of_list)
                t.insert(t.begin(), kind);
        return {any_of(terms, Xapian::Query::OP_OR)};
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
            return single(places[0][0], heading, prefix);
        return in_a_row(places, heading, prefix);
    }

    /* A phrase of several tokens, or of one that has synonyms. */
    Part in_a_row(const std::vector<std::vector<string>> &places, bool heading, bool prefix) const
    {
        std::vector<Xapian::Query> queries;
        std::vector<std::vector<string>> terms;
        std::vector<std::pair<double, size_t>> rarity; /* of each place */
        Phrase wanted = {{}, heading};
        size_t before = listed(heading ? heading_prefix : NQ_XAPIAN_TEXT, "").size();
        for (size_t i = 0; i < places.size(); i++) {
            terms.push_back(place(places[i], heading, prefix && i + 1 == places.size()));
            queries.push_back(any_of(terms[i], Xapian::Query::OP_OR));
            rarity.emplace_back(0, i);
            wanted.marks.emplace_back();
            for (const string &t : terms[i]) {
                rarity[i].first += db.get_termfreq(t);
                wanted.marks[i].push_back(nq_sequence_mark(t.data() + before, t.size() - before));
            }
        }
        std::sort(rarity.begin(), rarity.end());
        using Q = Xapian::Query;
        std::vector<Q> dense = where_dense(terms[rarity[0].second], heading);
        if (!sequences || places.size() == 1)
            return {
                Q(Q::OP_PHRASE, queries.begin(), queries.end(), (Xapian::termcount)places.size()),
                {},
                {},
                dense};
        std::vector<Q> needed, besides;
        for (size_t i = 0; i < rarity.size(); i++)
            (i < NEEDED || kind_of_list ? needed : besides).push_back(queries[rarity[i].second]);
        return {Q(Q::OP_AND, needed.begin(), needed.end()), {wanted}, besides, dense};
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

} // namespace

Expressed express(nq_str expression, const nq_xapian_reader *r, const Watch &watch, bool scored,
                  const Density &density)
{
    return Expression(expression, r, watch, scored, density).expressed();
}

} // namespace nqx
