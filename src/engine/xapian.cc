/* Xapian's API as C: see xapian.h for what is promised. */
#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <sys/stat.h>
#include <vector>

extern "C" {
#include "base/error.h"
#include "engine/xapian.h"
}

namespace
{

using std::string;

enum : Xapian::valueno { SLOT_DAY, SLOT_KIND, SLOT_SOURCE };

enum {
    MOST_TERM = NQ_XAPIAN_TERM,
    HASH_BYTES = 16,
    MOST_EXPANDED = 64, /* terms that the beginning of a word stands for */
    RETRIES = 10,       /* where a writer overtakes a reader */
    LEAST_WAIT_MS = 300,
};

const char heading_prefix = 'H', heading_atom_prefix = 'B', length_term[] = "L";

/* Of a token in a passage: how much its number there says by BM25, from 0 to 1.  Postings with more
 * than these go into lists of their own: an eighth of all, a 32nd and a 256th, in news of any kind.
 */
const struct {
    char prefix;
    double least;
    int share;
} dense[] = {{'C', 0.80, 8}, {'D', 0.88, 32}, {'E', 0.92, 256}};

enum {
    SAMPLES = 16, /* the sparsest is one document in 2^16 */
    SAMPLE_BLOCK = 64,
    EXACT = 5000,        /* where there can be no more matches all are counted */
    SAMPLED = 3000,      /* at most, where there may be more */
    LEAST_SAMPLED = 300, /* less says too little: then the sample is a larger one */
};

const char ranks_key[] = "ranks", sample_prefix = 'Z';

/* The first step's score of a term, but for idf: k1 and b as in query/pattern.h. */
const double bm25_k1 = 0.6, bm25_b = 0.6;

/* ---- errors ---- */

nq_status fail(nq_error *err, nq_status status, const char *format, const string &where,
               const string &why = "")
{
    if (err && err->status == NQ_OK) {
        snprintf(err->message, sizeof err->message, format, where.c_str(), why.c_str());
        err->status = status;
        err->column = -1;
    }
    return status;
}

/* What an exception means; called where one is being handled. */
nq_status translate(const string &where, nq_error *err)
{
    try {
        throw;
    } catch (const std::bad_alloc &) {
        return fail(err, NQ_ERR_NOMEM, "%s", _("out of memory"));
    } catch (const Xapian::DatabaseModifiedError &) {
        return fail(err, NQ_ERR_BUSY, _("%s: another process is writing to the index"), where);
    } catch (const Xapian::DatabaseLockError &) {
        return fail(err, NQ_ERR_BUSY, _("%s: another process is writing to the index"), where);
    } catch (const Xapian::DatabaseVersionError &) {
        return fail(err, NQ_ERR_VERSION, _("%s: made by another version of Xapian"), where);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return fail(err, NQ_ERR_CORRUPT, _("%s: the Xapian database is damaged (%s)"), where,
                    e.get_msg());
    } catch (const Xapian::NetworkError &e) {
        const char *why = e.get_error_string();
        return fail(err, NQ_ERR_IO, _("%s: the shard does not answer (%s)"), where,
                    e.get_msg() + (why ? string(": ") + why : ""));
    } catch (const Xapian::DatabaseOpeningError &e) {
        return fail(err, NQ_ERR_CORRUPT, _("%s: no Xapian database (%s)"), where, e.get_msg());
    } catch (const Xapian::Error &e) {
        const char *why = e.get_error_string();
        bool full = errno == ENOSPC || (why && strcmp(why, strerror(ENOSPC)) == 0);
        if (full)
            return fail(err, NQ_ERR_FULL, _("%s: no space left on the disk"), where);
        return fail(err, NQ_ERR_CORRUPT, _("%s: Xapian does not answer (%s)"), where,
                    e.get_msg() + (why ? string(": ") + why : ""));
    } catch (const std::exception &e) {
        return fail(err, NQ_ERR_CORRUPT, _("%s: Xapian does not answer (%s)"), where, e.what());
    }
}

template <typename Work> nq_status guarded(const string &where, nq_error *err, Work work)
{
    try {
        work();
        return NQ_OK;
    } catch (...) {
        return translate(where, err);
    }
}

/* ---- terms and values ---- */

/* A term of any length: the end of a long one is its hash. */
string make_term(char prefix, const char *ptr, size_t len)
{
    string term;
    if (prefix)
        term += prefix;
    if (len < MOST_TERM)
        return term.append(ptr, len);
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)ptr[i]) * 0x100000001B3u;
    char hash[17];
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)h);
    return term.append(ptr, MOST_TERM - HASH_BYTES).append(hash);
}

string make_term(char prefix, nq_str s)
{
    return make_term(prefix, s.ptr, s.len);
}

string day_value(int32_t day)
{
    uint32_t u = (uint32_t)day ^ 0x80000000u;
    char bytes[] = {(char)(u >> 24), (char)(u >> 16), (char)(u >> 8), (char)u};
    return string(bytes, 4);
}

int32_t value_day(const string &value)
{
    uint32_t u = 0;
    if (value.size() != 4)
        return NQ_NO_DAY;
    for (unsigned char c : value)
        u = u << 8 | c;
    return (int32_t)(u ^ 0x80000000u);
}

string shard_folder(const string &folder, size_t shard)
{
    return folder + '/' + std::to_string(shard);
}

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
    Expression(nq_str text, const Xapian::Database &database, char only_dense = 0)
        : s(text.ptr, text.len), db(database), kind_of_list(only_dense)
    {
    }

    Xapian::Query query()
    {
        Xapian::Query q = part();
        if (eat(" NOT "))
            q = Xapian::Query(Xapian::Query::OP_AND_NOT, q, without());
        return q;
    }

    /* How many of its phrases only match where they are dense. */
    size_t n_dense() const
    {
        return dense_phrases;
    }

  private:
    const string s;
    const Xapian::Database &db;
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

    /* What is not to match, dense or not. */
    Xapian::Query without()
    {
        char kind = kind_of_list;
        kind_of_list = 0;
        Xapian::Query q = part();
        kind_of_list = kind;
        return q;
    }

    Xapian::Query part()
    {
        if (!eat("("))
            return phrase();
        Xapian::Query q;
        for (bool first = true; at < s.size() && !eat(")"); first = false) {
            auto op = Xapian::Query::OP_AND;
            if (eat(" OR "))
                op = Xapian::Query::OP_OR;
            else if (eat(" NOT "))
                op = Xapian::Query::OP_AND_NOT;
            else
                eat(" AND ");
            size_t before = at;
            Xapian::Query next = op == Xapian::Query::OP_AND_NOT ? without() : part();
            if (at == before)
                throw Xapian::QueryParserError("an expression that cannot be read");
            q = first ? next : Xapian::Query(op, q, next);
        }
        return q;
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

    /* The terms that begin so. */
    Xapian::Query beginning(const string &prefix, Xapian::Query::op op)
    {
        std::vector<std::pair<Xapian::doccount, string>> found;
        for (auto t = db.allterms_begin(prefix); t != db.allterms_end(prefix); ++t)
            found.emplace_back(t.get_termfreq(), *t);
        size_t n = std::min<size_t>(found.size(), MOST_EXPANDED);
        std::partial_sort(found.begin(), found.begin() + (ptrdiff_t)n, found.end(),
                          [](const auto &a, const auto &b) {
                              return a.first != b.first ? a.first > b.first : a.second < b.second;
                          });
        std::vector<Xapian::Query> any;
        for (size_t i = 0; i < n; i++)
            any.emplace_back(found[i].second);
        return Xapian::Query(op, any.begin(), any.end());
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
            return beginning(string(1, kind) + t, Xapian::Query::OP_SYNONYM);
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

    Xapian::Query phrase()
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
        std::vector<Xapian::Query> queries;
        dense_phrases += kind_of_list && !heading;
        for (size_t i = 0; i < places.size(); i++)
            queries.push_back(place(places[i], heading, prefix && i + 1 == places.size()));
        return Xapian::Query(Xapian::Query::OP_PHRASE, queries.begin(), queries.end(),
                             (Xapian::termcount)queries.size());
    }

    /* What may stand at one place of a phrase: only what the index holds, since each alternative
     * costs a list. */
    Xapian::Query place(const std::vector<string> &tokens, bool heading, bool prefix)
    {
        char kind = heading ? heading_prefix : '\0';
        std::vector<Xapian::Query> any;
        for (const string &t : tokens) {
            string term = listed(kind, t);
            if (prefix)
                any.push_back(beginning(term, Xapian::Query::OP_OR));
            else if (any.empty() || db.term_exists(term))
                any.emplace_back(term);
        }
        return any.size() == 1 ? any[0]
                               : Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end());
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

class Keep : public Xapian::MatchDecider
{
  public:
    explicit Keep(const nq_xapian_query *query) : q(query)
    {
    }
    bool operator()(const Xapian::Document &document) const override
    {
        return q->keep(q->user, document.get_docid());
    }

  private:
    const nq_xapian_query *q;
};

} // namespace

/* ---- the handles ---- */

struct nq_xapian_writer {
    string folder;
    std::vector<Xapian::WritableDatabase> shards;
};

namespace
{

/* A shard of a reader; one that is left out says why. */
struct Shard {
    string place, why;
    bool remote = false;
    Xapian::Database database;
};

} // namespace

struct nq_xapian_reader {
    std::vector<Shard> shards;
    std::vector<size_t> present, absent;
    Xapian::Database all;
    string where;
    int timeout_ms = 0;
    bool ranks = false; /* all documents are in lists of dense tokens and in samples */

    /* Puts those that are there together: then document `id` of the k-th of n has the number
     * (id - 1) n + k + 1. */
    void join()
    {
        all = Xapian::Database();
        present.clear();
        absent.clear();
        ranks = true;
        for (size_t i = 0; i < shards.size(); i++) {
            if (!shards[i].why.empty()) {
                absent.push_back(i);
                continue;
            }
            present.push_back(i);
            all.add_database(shards[i].database);
            ranks = ranks && !shards[i].database.get_metadata(ranks_key).empty();
        }
    }

    int64_t id_of(Xapian::docid document) const
    {
        return (document - 1) / (int64_t)present.size() + 1;
    }
};

namespace
{

/* HOST:PORT, where that is no folder. */
bool is_remote(const string &place)
{
    struct stat st;
    size_t colon = place.rfind(':');
    return stat(place.c_str(), &st) != 0 && colon != string::npos && colon > 0 &&
           colon + 1 < place.size() &&
           place.find_first_not_of("0123456789", colon + 1) == string::npos;
}

Xapian::Database open_place(const string &place, bool remote, int wait_ms)
{
    for (int i = 0; !remote; i++)
        try {
            return Xapian::Database(place);
        } catch (const Xapian::DatabaseModifiedError &) {
            if (i >= RETRIES)
                throw;
        }
    size_t colon = place.rfind(':');
    return Xapian::Remote::open(place.substr(0, colon), (unsigned)atoi(place.c_str() + colon + 1),
                                (unsigned)wait_ms, (unsigned)wait_ms);
}

/* Leaves out a shard because of the exception at hand. */
void leave_out(Shard &shard)
{
    nq_error why = {};
    if (translate(shard.place, &why) == NQ_ERR_NOMEM)
        throw std::bad_alloc();
    shard.why = why.message;
    shard.database = Xapian::Database();
}

/* Finds the shard that an exception speaks of, or asks each whether it is there. */
bool leave_out_silent(nq_xapian_reader *r, const Xapian::Error &e)
{
    size_t before = r->present.size();
    for (size_t i : r->present)
        if (r->shards[i].remote && e.get_context().find(r->shards[i].place) != string::npos) {
            leave_out(r->shards[i]);
            r->join();
            return true;
        }
    for (size_t i : r->present)
        try {
            if (r->shards[i].remote)
                r->shards[i].database.keep_alive();
        } catch (const Xapian::Error &) {
            leave_out(r->shards[i]);
        }
    r->join();
    return r->present.size() < before;
}

/* Reads; a writer that overtakes makes it begin anew, and so does a shard that goes silent. */
template <typename Work> nq_status reading(nq_xapian_reader *r, nq_error *err, Work work)
{
    for (int i = 0;; i++) {
        try {
            work();
            return NQ_OK;
        } catch (const Xapian::DatabaseModifiedError &) {
            if (i >= RETRIES)
                return translate(r->where, err);
            nq_status status = guarded(r->where, err, [&] { r->all.reopen(); });
            if (status != NQ_OK)
                return status;
        } catch (const Xapian::Error &e) {
            bool out = false;
            if (r->timeout_ms > 0) {
                nq_status status = guarded(r->where, err, [&] { out = leave_out_silent(r, e); });
                if (status != NQ_OK)
                    return status;
            }
            if (!out || r->present.empty())
                return translate(r->where, err);
        } catch (...) {
            return translate(r->where, err);
        }
    }
}

/* ---- writing ---- */

nq_status writer_open(const char *folder, size_t n_shards, nq_xapian_writer **out, nq_error *err)
{
    return guarded(folder, err, [&] {
        std::unique_ptr<nq_xapian_writer> w(new nq_xapian_writer);
        w->folder = folder;
        mkdir(w->folder.substr(0, w->folder.rfind('/')).c_str(), 0777);
        mkdir(folder, 0777); /* where they were lost: what is wrong Xapian says */
        for (size_t i = 0; i < n_shards; i++) {
            w->shards.emplace_back(shard_folder(folder, i),
                                   Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
            if (w->shards[i].get_lastdocid() == 0)
                w->shards[i].set_metadata(ranks_key, "1");
        }
        *out = w.release();
    });
}

/* Xapian's destructor would commit what was not: closing in a transaction does not. */
void writer_close(nq_xapian_writer *w)
{
    if (!w)
        return;
    for (auto &shard : w->shards)
        try {
            shard.begin_transaction(false);
            shard.cancel_transaction();
            shard.close();
        } catch (...) {
        }
    delete w;
}

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

void add_tokens(Xapian::Document &d, const nq_tokens *tokens, bool heading)
{
    Xapian::termpos first = heading ? NQ_XAPIAN_HEADING : 0, at = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        const nq_token &t = tokens->items[i];
        at += !t.colocated;
        d.add_posting(make_term(NQ_XAPIAN_TEXT, t.text), first + at);
        if (heading)
            d.add_posting(make_term(heading_prefix, t.text), at, 0);
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
void add_dense(Xapian::Document &d, double atoms, double average)
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

string sample_term(int level)
{
    return {sample_prefix, (char)('A' + level)};
}

void add_samples(Xapian::Document &d, int64_t id)
{
    uint64_t block = (uint64_t)id / SAMPLE_BLOCK;
    for (int level = 1; level <= SAMPLES; level++)
        if (block % (1u << level) == 1u << (level - 1))
            d.add_boolean_term(sample_term(level));
}

nq_status put(nq_xapian_writer *w, size_t shard, const nq_xapian_document *in, nq_error *err)
{
    return guarded(w->folder, err, [&] {
        Xapian::Document d;
        size_t atoms = in->body->atoms.n + in->heading->atoms.n;
        add_tokens(d, in->body, false);
        add_tokens(d, in->heading, true);
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
        if (in->data.len > 0)
            d.set_data(string(in->data.ptr, in->data.len));
        w->shards.at(shard).replace_document((Xapian::docid)in->id, d);
    });
}

nq_status put_words(nq_xapian_writer *w, size_t shard, int64_t id, const nq_token *words, size_t n,
                    nq_error *err)
{
    return guarded(w->folder, err, [&] {
        Xapian::WritableDatabase &db = w->shards.at(shard);
        Xapian::Document d = db.get_document((Xapian::docid)id);
        std::vector<string> old;
        auto t = d.termlist_begin();
        for (t.skip_to(string(1, NQ_XAPIAN_WORD));
             t != d.termlist_end() && (*t)[0] == NQ_XAPIAN_WORD; ++t)
            old.push_back(*t);
        for (const string &term : old)
            d.remove_term(term);
        add_words(d, words, n);
        db.replace_document((Xapian::docid)id, d);
    });
}

nq_status remove_passage(nq_xapian_writer *w, size_t shard, int64_t id, nq_error *err)
{
    return guarded(w->folder, err, [&] {
        try {
            w->shards.at(shard).delete_document((Xapian::docid)id);
        } catch (const Xapian::DocNotFoundError &) {
        }
    });
}

nq_status set_number(nq_xapian_writer *w, size_t shard, const char *key, int64_t value,
                     nq_error *err)
{
    return guarded(w->folder, err,
                   [&] { w->shards.at(shard).set_metadata(key, std::to_string(value)); });
}

int64_t number_of(const Xapian::Database &db, const char *key)
{
    return strtoll(db.get_metadata(key).c_str(), nullptr, 10);
}

nq_status number(nq_xapian_writer *w, size_t shard, const char *key, int64_t *value, nq_error *err)
{
    return guarded(w->folder, err, [&] { *value = number_of(w->shards.at(shard), key); });
}

nq_status commit(nq_xapian_writer *w, nq_error *err)
{
    return guarded(w->folder, err, [&] {
        for (auto &shard : w->shards)
            shard.commit();
    });
}

nq_status ids(nq_xapian_writer *w, size_t shard, bool (*id)(void *, int64_t), void *user,
              nq_error *err)
{
    return guarded(w->folder, err, [&] {
        const Xapian::WritableDatabase &db = w->shards.at(shard);
        for (auto p = db.postlist_begin(""); p != db.postlist_end("") && id(user, *p); ++p) {
        }
    });
}

/* ---- reading ---- */

nq_status reader_open(const char *const *places, size_t n, int timeout_ms, nq_xapian_reader **out,
                      nq_error *err)
{
    std::unique_ptr<nq_xapian_reader> r;
    int wait = n ? std::max<int>(timeout_ms / (int)(2 * n), LEAST_WAIT_MS) : 0;
    nq_status status = guarded(n ? places[0] : "", err, [&] {
        r.reset(new nq_xapian_reader);
        r->timeout_ms = timeout_ms;
        r->where = places[0];
        for (size_t i = 0; i < n; i++) {
            Shard shard;
            shard.place = places[i];
            shard.remote = timeout_ms > 0 && is_remote(shard.place);
            try {
                shard.database = open_place(shard.place, shard.remote, wait);
            } catch (const Xapian::Error &) {
                if (timeout_ms == 0)
                    throw;
                leave_out(shard);
            }
            r->shards.push_back(shard);
        }
        r->join();
    });
    if (status == NQ_OK && r->present.empty())
        status = fail(err, NQ_ERR_IO, _("no shard answers; %s"), r->shards[0].why);
    if (status == NQ_OK)
        *out = r.release();
    return status;
}

void reader_close(nq_xapian_reader *r)
{
    try {
        delete r;
    } catch (...) {
    }
}

nq_status refresh(nq_xapian_reader *r, nq_error *err)
{
    return reading(r, err, [&] { r->all.reopen(); });
}

bool missing(const nq_xapian_reader *r, size_t i, const char **place, const char **why)
{
    if (i >= r->absent.size())
        return false;
    *place = r->shards[r->absent[i]].place.c_str();
    *why = r->shards[r->absent[i]].why.c_str();
    return true;
}

nq_status totals(nq_xapian_reader *r, int64_t *passages, int64_t *atoms, nq_error *err)
{
    return reading(r, err, [&] {
        *passages = r->all.get_doccount();
        *atoms = (int64_t)r->all.get_collection_freq(length_term);
    });
}

nq_status differs(nq_xapian_reader *r, const char *key, int64_t value, bool *yes, nq_error *err)
{
    return reading(r, err, [&] {
        *yes = false;
        for (size_t i : r->present)
            *yes |= number_of(r->shards[i].database, key) != value;
    });
}

/* ---- searching ---- */

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

/* What is to match.  With `only_dense` (as of Expression) *n is how many phrases are to be dense.
 */
Xapian::Query whole_query(nq_xapian_reader *r, const nq_xapian_query *q, char only_dense = 0,
                          size_t *n = nullptr)
{
    using Q = Xapian::Query;
    Q query;
    if (q->match.len > 0) {
        Expression match(q->match, r->all, only_dense);
        query = match.query();
        if (n)
            *n = match.n_dense();
    } else if (q->n_units > 0) {
        query = units_query(r, q);
    } else {
        query = Q::MatchAll;
    }
    if (q->must.len > 0)
        query = Q(Q::OP_FILTER, query, Expression(q->must, r->all).query());
    if (q->excluded.len > 0)
        query = Q(Q::OP_AND_NOT, query, Expression(q->excluded, r->all).query());
    if (q->filter)
        query = add_filter(query, q->filter);
    return add_sources(query, q->sources, q->n_sources);
}

/* The values that a spy has counted. */
nq_xapian_count *take_counts(Xapian::ValueCountMatchSpy &spy, bool days, uint64_t times, size_t *n)
{
    std::vector<std::pair<string, Xapian::doccount>> values;
    size_t bytes = 0;
    for (auto v = spy.values_begin(); v != spy.values_end(); ++v) {
        values.emplace_back(*v, v.get_termfreq());
        bytes += values.back().first.size();
    }
    size_t rows = values.size() * sizeof(nq_xapian_count);
    nq_xapian_count *counts = (nq_xapian_count *)calloc(1, rows + bytes + 1);
    if (!counts)
        throw std::bad_alloc();
    char *names = (char *)counts + rows;
    for (size_t i = 0; i < values.size(); i++) {
        counts[i].n = times * values[i].second;
        if (days) {
            counts[i].day = value_day(values[i].first);
            continue;
        }
        counts[i].name = {names, values[i].first.size()};
        memcpy(names, values[i].first.data(), values[i].first.size());
        names += values[i].first.size();
    }
    *n = values.size();
    return counts;
}

void hits_finish(nq_xapian_hits *hits)
{
    free(hits->items);
    free(hits->listed);
    free(hits->days);
    free(hits->sources);
    *hits = {};
}

/* How many passages hold each unit, of the statistics that the match was made with. */
void take_frequencies(nq_xapian_query *q, const Xapian::MSet &found, double passages)
{
    for (size_t i = 0; i < q->n_units; i++) {
        nq_xapian_unit &u = q->units[i];
        double n = found.get_termfreq(make_term(u.prefix, u.token));
        if (u.synonym.len > 0)
            n += found.get_termfreq(make_term(u.prefix, u.synonym));
        u.passages = std::min(n, passages);
    }
}

class List : public Xapian::MatchSpy
{
  public:
    std::vector<int64_t> ids;
    void operator()(const Xapian::Document &document, double) override
    {
        ids.push_back(document.get_docid());
    }
};

/* One search, of one or more matches. */
class Search
{
  public:
    Search(nq_xapian_reader *reader, nq_xapian_query *query, nq_xapian_hits *hits)
        : r(reader), q(query), out(hits), keep(query), documents(reader->all.get_doccount()),
          most((Xapian::doccount)std::min<size_t>(query->most, documents))
    {
    }

    void run()
    {
        whole = whole_query(r, q);
        Xapian::MSet found = q->count ? count_and_find() : find(whole, q->counted);
        out->items = (nq_xapian_hit *)calloc(found.size() + 1, sizeof *out->items);
        if (!out->items)
            throw std::bad_alloc();
        for (auto m = found.begin(); m != found.end(); ++m)
            out->items[out->n++] = {r->id_of(*m), m.get_weight()};
        take_frequencies(q, found, documents);
    }

  private:
    nq_xapian_reader *r;
    nq_xapian_query *q;
    nq_xapian_hits *out;
    Keep keep;
    Xapian::doccount documents, most;
    Xapian::Query whole;

    /* The best that match, of which so many are counted. */
    Xapian::MSet find(const Xapian::Query &query, size_t counted)
    {
        Xapian::Enquire enquire(r->all);
        prepare(enquire, query);
        Xapian::doccount checked = (Xapian::doccount)std::min<size_t>(counted, documents);
        Xapian::MSet found = enquire.get_mset(0, most, checked, nullptr, q->keep ? &keep : nullptr);
        out->total = found.get_matches_estimated();
        out->total_is_exact = found.get_matches_lower_bound() == found.get_matches_upper_bound();
        return found;
    }

    void prepare(Xapian::Enquire &enquire, const Xapian::Query &query)
    {
        enquire.set_query(query);
        enquire.set_weighting_scheme(Xapian::BM25Weight(bm25_k1, 0, 0, bm25_b, 0));
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        if (q->by_day)
            enquire.set_sort_by_value_then_relevance(SLOT_DAY, true);
    }

    /* Counts everything that matches and gives the best `n`; each counts `times`. */
    Xapian::MSet count(const Xapian::Query &query, Xapian::doccount n, uint64_t times)
    {
        Xapian::Enquire enquire(r->all);
        Xapian::ValueCountMatchSpy days(SLOT_DAY), kinds(SLOT_KIND), sources(SLOT_SOURCE);
        List list;
        prepare(enquire, query);
        if (times > 1)
            enquire.set_weighting_scheme(Xapian::BoolWeight());
        if (q->facets && q->list) {
            enquire.add_matchspy(&list);
        } else if (q->facets) {
            enquire.add_matchspy(&days);
            enquire.add_matchspy(&kinds);
            enquire.add_matchspy(&sources);
        }
        Xapian::MSet found = enquire.get_mset(0, n, documents, nullptr, q->keep ? &keep : nullptr);
        hits_finish(out);
        out->total = times * found.get_matches_estimated();
        out->total_is_exact = times == 1;
        out->times = times;
        if (q->facets && q->list) {
            take_list(list.ids);
        } else if (q->facets) {
            out->days = take_counts(days, true, times, &out->n_days);
            out->sources = take_counts(sources, false, times, &out->n_sources);
            for (auto v = kinds.values_begin(); v != kinds.values_end(); ++v)
                (*v == "2" ? out->n_reference : out->n_report) += times * v.get_termfreq();
        }
        return found;
    }

    void take_list(const std::vector<int64_t> &ids)
    {
        out->listed = (int64_t *)calloc(ids.size() + 1, sizeof *out->listed);
        if (!out->listed)
            throw std::bad_alloc();
        std::copy(ids.begin(), ids.end(), out->listed);
        out->n_listed = ids.size();
    }

    /* Few matches are counted while the best are found; of many a sample is counted, the larger the
     * less it finds, and the best are looked for where they must be. */
    Xapian::MSet count_and_find()
    {
        Xapian::Enquire enquire(r->all);
        enquire.set_query(whole);
        Xapian::doccount upper =
            enquire.get_mset(0, 0, (Xapian::doccount)0).get_matches_upper_bound();
        int level = 0;
        while (r->ranks && upper > EXACT && level < SAMPLES && upper >> level > SAMPLED)
            level++;
        for (; level > 0 && most < upper; level--) {
            using Q = Xapian::Query;
            count(Q(Q::OP_FILTER, whole, Q(sample_term(level))), 1, (uint64_t)1 << level);
            bool says_much = out->total >> level >= LEAST_SAMPLED;
            if (says_much && out->total > EXACT)
                return find_best();
            if (says_much || out->total <= EXACT / 2)
                break;
        }
        return count(whole, most, 1);
    }

    /* The best of many: all of them are dense, if enough are. */
    Xapian::MSet find_best()
    {
        uint64_t total = out->total;
        Xapian::MSet found;
        bool enough = false;
        for (size_t k = sizeof dense / sizeof *dense; k-- > 0 && !enough && !q->by_day;) {
            size_t n = 0;
            Xapian::Query query = whole_query(r, q, dense[k].prefix, &n);
            double expected = (double)total;
            for (size_t i = 0; i < n; i++)
                expected /= dense[k].share;
            if (n == 0 || expected < most)
                continue;
            found = find(query, 0);
            enough = found.size() == most;
        }
        if (!enough)
            found = find(whole, 0);
        out->total = total;
        out->total_is_exact = false;
        return found;
    }
};

nq_status search(nq_xapian_reader *r, nq_xapian_query *q, nq_xapian_hits *out, nq_error *err)
{
    *out = {};
    nq_status status = reading(r, err, [&] {
        hits_finish(out);
        Search(r, q, out).run();
    });
    if (status != NQ_OK)
        hits_finish(out);
    return status;
}

nq_status frequency(nq_xapian_reader *r, char prefix, nq_str text, uint64_t *passages,
                    nq_error *err)
{
    return reading(r, err, [&] { *passages = r->all.get_termfreq(make_term(prefix, text)); });
}

nq_status terms(nq_xapian_reader *r, char prefix, nq_str beginning, nq_xapian_term_fn *term,
                void *user, nq_error *err)
{
    std::vector<std::pair<string, uint64_t>> all;
    nq_status status = reading(r, err, [&] {
        string from = make_term(prefix, beginning);
        all.clear();
        for (auto t = r->all.allterms_begin(from); t != r->all.allterms_end(from); ++t)
            all.emplace_back((*t).substr(1), t.get_termfreq());
    });
    for (size_t i = 0; i < all.size() && status == NQ_OK; i++)
        if (!term(user, {all[i].first.data(), all[i].first.size()}, all[i].second))
            break;
    return status;
}

/* The postings of a term in one shard; false where the callback stops. */
bool walk(const Xapian::Database &db, const string &term, nq_xapian_posting_fn *posting, void *user)
{
    std::vector<uint32_t> at;
    for (auto p = db.postlist_begin(term); p != db.postlist_end(term); ++p) {
        at.clear();
        for (auto i = p.positionlist_begin(); i != p.positionlist_end(); ++i)
            at.push_back(*i);
        if (!posting(user, {term.data(), term.size()}, *p, p.get_wdf(), at.data(), at.size()))
            return false;
    }
    return true;
}

nq_status list(nq_xapian_reader *r, char prefix, nq_str text, nq_xapian_posting_fn *posting,
               void *user, nq_error *err)
{
    std::vector<std::pair<int64_t, uint32_t>> all; /* first, as reading may begin anew */
    string term = make_term(prefix, text);
    nq_status status = reading(r, err, [&] {
        all.clear();
        for (auto p = r->all.postlist_begin(term); p != r->all.postlist_end(term); ++p)
            all.emplace_back(r->id_of(*p), p.get_wdf());
    });
    for (size_t i = 0; i < all.size() && status == NQ_OK; i++)
        if (!posting(user, text, all[i].first, all[i].second, nullptr, 0))
            break;
    return status;
}

nq_status postings(nq_xapian_reader *r, nq_xapian_posting_fn *posting, void *user, nq_error *err)
{
    return guarded(r->where, err, [&] {
        for (size_t i : r->present) {
            const Xapian::Database &db = r->shards[i].database;
            for (auto t = db.allterms_begin(); t != db.allterms_end(); ++t) {
                if (!walk(db, *t, posting, user))
                    return;
            }
        }
    });
}

nq_status data(nq_xapian_reader *r, int64_t id, bool (*told)(void *, nq_str), void *user,
               nq_error *err)
{
    return reading(r, err, [&] {
        for (size_t i : r->present)
            try {
                string bytes = r->shards[i].database.get_document((Xapian::docid)id).get_data();
                told(user, {bytes.data(), bytes.size()});
                return;
            } catch (const Xapian::DocNotFoundError &) {
            }
    });
}

/* ---- care ---- */

nq_status check(const char *folder, size_t *problems, nq_error *err)
{
    return guarded(folder, err, [&] { *problems = Xapian::Database::check(folder, 0, nullptr); });
}

nq_status copy(const char *from, const char *to, nq_error *err)
{
    return guarded(from, err, [&] {
        for (int i = 0;; i++)
            try {
                Xapian::Database(from).compact(to, Xapian::DBCOMPACT_NO_RENUMBER);
                return;
            } catch (const Xapian::DatabaseModifiedError &) {
                if (i >= RETRIES)
                    throw;
            }
    });
}

} // namespace

extern "C" {
extern __attribute__((visibility("default"))) const nq_xapian_api nq_xapian;

const nq_xapian_api nq_xapian = {
    NQ_XAPIAN_ABI, writer_open, writer_close, put,         put_words,    remove_passage, set_number,
    number,        commit,      ids,          reader_open, reader_close, refresh,        missing,
    totals,        differs,     search,       hits_finish, frequency,    terms,          list,
    postings,      data,        check,        copy,
};
}
