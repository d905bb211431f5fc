/* What the parts of the module nqxapian share: C++, and of nobody else. */
#ifndef NQ_ENGINE_XAPIAN_MODULE_HH
#define NQ_ENGINE_XAPIAN_MODULE_HH

#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

extern "C" {
#include "base/error.h"
#include "engine/xapian.h"
#include "engine/xapian_sequence.h"
}

namespace nqx
{

using std::string;

enum : Xapian::valueno { SLOT_DAY, SLOT_KIND, SLOT_SOURCE, SLOT_SEQUENCE };

enum {
    MOST_TERM = NQ_XAPIAN_TERM,
    RETRIES = 40, /* where a writer overtakes a reader */
    SAMPLES = 16, /* the sparsest is one document in 2^16 */
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

/* The first step's score of a term, but for idf: k1 and b as in query/pattern.h. */
const double bm25_k1 = 0.6, bm25_b = 0.6;

/* Thrown where a search is not to go on. */
struct Stopped {
};

/* ---- xapian.cc: errors, terms, values ---- */

nq_status fail(nq_error *err, nq_status status, const char *format, const char *where,
               const char *why = "") noexcept;

/* What an exception means; called where one is being handled.  It needs no memory. */
nq_status translate(const char *where, nq_error *err) noexcept;

/* Does work that may throw; everything that the table's functions do, except for what cannot. */
template <typename Work> nq_status guarded(const char *where, nq_error *err, Work work) noexcept
{
    try {
        work();
        return NQ_OK;
    } catch (...) {
        return translate(where, err);
    }
}

/* A term of any length: the end of a long one is its hash. */
string make_term(char prefix, const char *ptr, size_t len);
string make_term(char prefix, nq_str s);
/* The term that one document in 2^level has. */
string sample_term(int level);
string day_value(int32_t day);
int32_t value_day(const string &value);
int64_t number_of(const Xapian::Database &db, const char *key);
string shard_folder(const string &folder, size_t shard);

/* ---- the handles ---- */

/* A shard of a reader; one that is left out says why. */
struct Shard {
    string place, why;
    bool remote = false;
    Xapian::Database database;
};

/* A shard that is written to, and its parts: see xapian_parts.cc. */
struct Target {
    string folder;
    Xapian::WritableDatabase database;
    Xapian::doccount before = 0, put = 0; /* passages: when it was opened, and since */
    bool in_order = true;                 /* no passage was put among those that were there */
    bool in_parts = false;                /* new passages go into parts */
    Xapian::docid last = 0;               /* and all there and in the shard are not above this */
    bool part_open = false;
    Xapian::WritableDatabase part;
    std::vector<std::vector<string>> parts; /* folders, by how often they were put together */
    int n_parts = 0;
};

} // namespace nqx

struct nq_xapian_writer {
    std::string folder;
    std::vector<nqx::Target> shards;
    size_t bytes = 0, batches = 0; /* of tokens since the last batch; batches since a commit */
};

struct nq_xapian_reader {
    std::vector<nqx::Shard> shards;
    std::vector<size_t> present, absent;
    Xapian::Database all;
    std::string where;
    int timeout_ms = 0;
    bool here = false;      /* all shards are of this machine */
    bool current = false;   /* all documents have dense tokens, samples and sequences */
    bool sequences = false; /* phrases are found by these: both */

    /* Puts those that are there together: then document `id` of the k-th of n has the number
     * (id - 1) n + k + 1. */
    void join();

    int64_t id_of(Xapian::docid document) const
    {
        return (document - 1) / (int64_t)present.size() + 1;
    }
};

namespace nqx
{

/* Lets a writer that overtook a reader get on, each time for longer; half a second in all. */
inline void give_way(int tries)
{
    enum { LONGEST_MS = 20 };
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min<int>(tries, LONGEST_MS)));
}

/* Leaves out the shard that an exception speaks of, or those that do not answer; whether one was.
 */
bool leave_out_silent(nq_xapian_reader *r, const Xapian::Error &e);

/* Sees what was committed since. */
void open_anew(nq_xapian_reader *r);

/* Reads; a writer that overtakes makes it begin anew, and so does a shard that goes silent. */
template <typename Work> nq_status reading(nq_xapian_reader *r, nq_error *err, Work work) noexcept
{
    const char *where = r->where.c_str();
    for (int i = 0;; i++) {
        nq_status status = NQ_OK;
        try {
            work();
            return NQ_OK;
        } catch (const Xapian::DatabaseModifiedError &) {
            if (i >= RETRIES)
                return translate(where, err);
            give_way(i);
            status = guarded(where, err, [&] { open_anew(r); });
        } catch (const Xapian::Error &e) {
            bool out = false;
            if (r->timeout_ms > 0)
                status = guarded(where, err, [&] { out = leave_out_silent(r, e); });
            if (status == NQ_OK && (!out || r->present.empty()))
                status = translate(where, err);
        } catch (...) {
            return translate(where, err);
        }
        if (status != NQ_OK)
            return status;
    }
}

/* ---- xapian_query.cc ---- */

/* What of the matches is looked for: those where phrases are dense. */
struct Density {
    char kind = 0;    /* prefix of the lists that tell; 0: all matches */
    size_t least = 0; /* how many of the phrases; 0: all, by these lists alone */
};

/* What is to match; *n is of how many phrases the density is told. */
Xapian::Query whole_query(nq_xapian_reader *r, const nq_xapian_query *q, bool scored,
                          const Density &density = {}, size_t *n = nullptr);

/* ---- xapian_parts.cc ---- */

/* Where passage `id` is to be written. */
Xapian::WritableDatabase &target_of(Target &t, int64_t id);

/* Takes note of so many bytes that were written; commits, or begins new parts, when it is time. */
void count_bytes(nq_xapian_writer *w, size_t n);

/* Puts shard and parts together, as whatever but new passages has to see the shard. */
void gather(Target &t);

/* Forgets what was not gathered; throws nothing. */
void discard(Target &t) noexcept;

/* Removes what a writer that was killed left in the folder of the shards. */
void remove_leftovers(const string &folder);

/* ---- xapian_document.cc ---- */

Xapian::Document make_document(const nq_xapian_document *in);

/* Adds words; each counts once. */
void add_words(Xapian::Document &d, const nq_token *words, size_t n);

/* ---- what xapian.h promises ---- */

nq_status writer_open(const char *folder, size_t n_shards, nq_xapian_writer **out, nq_error *err);
void writer_close(nq_xapian_writer *w);
nq_status put(nq_xapian_writer *w, size_t shard, const nq_xapian_document *in, nq_error *err);
nq_status put_words(nq_xapian_writer *w, size_t shard, int64_t id, const nq_token *words, size_t n,
                    nq_error *err);
nq_status remove_passage(nq_xapian_writer *w, size_t shard, int64_t id, nq_error *err);
nq_status set_number(nq_xapian_writer *w, size_t shard, const char *key, int64_t value,
                     nq_error *err);
nq_status number(nq_xapian_writer *w, size_t shard, const char *key, int64_t *value, nq_error *err);
nq_status commit(nq_xapian_writer *w, nq_error *err);
nq_status ids(nq_xapian_writer *w, size_t shard, bool (*id)(void *, int64_t), void *user,
              nq_error *err);
nq_status reader_open(const char *const *places, size_t n, int timeout_ms, nq_xapian_reader **out,
                      nq_error *err);
void reader_close(nq_xapian_reader *r);
nq_status refresh(nq_xapian_reader *r, nq_error *err);
bool missing(const nq_xapian_reader *r, size_t i, const char **place, const char **why);
nq_status totals(nq_xapian_reader *r, int64_t *passages, int64_t *atoms, nq_error *err);
nq_status differs(nq_xapian_reader *r, const char *key, int64_t value, bool *yes, nq_error *err);
nq_status search(nq_xapian_reader *r, nq_xapian_query *q, nq_xapian_hits *out, nq_error *err);
void hits_finish(nq_xapian_hits *hits);
nq_status frequency(nq_xapian_reader *r, char prefix, nq_str text, uint64_t *passages,
                    nq_error *err);
nq_status terms(nq_xapian_reader *r, char prefix, nq_str beginning, nq_xapian_term_fn *term,
                void *user, nq_error *err);
nq_status list(nq_xapian_reader *r, char prefix, nq_str text, nq_xapian_posting_fn *posting,
               void *user, nq_error *err);
nq_status postings(nq_xapian_reader *r, nq_xapian_posting_fn *posting, void *user, nq_error *err);
nq_status sequences(nq_xapian_reader *r, nq_xapian_sequence_fn *sequence, void *user,
                    nq_error *err);
nq_status data(nq_xapian_reader *r, int64_t id, bool (*told)(void *, nq_str), void *user,
               nq_error *err);
} // namespace nqx

#endif
