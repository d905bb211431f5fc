/* Shards that are read, here and elsewhere: those that are there, and all that is asked of them but
 * searches. */
#include "engine/xapian_module.hh"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <sys/stat.h>

void nq_xapian_reader::join()
{
    all = Xapian::Database();
    present.clear();
    absent.clear();
    current = here = true;
    for (size_t i = 0; i < shards.size(); i++) {
        if (!shards[i].why.empty()) {
            absent.push_back(i);
            continue;
        }
        present.push_back(i);
        all.add_database(shards[i].database);
        current =
            current && nqx::number_of(shards[i].database, NQ_XAPIAN_FORM_KEY) == NQ_XAPIAN_FORM;
        here = here && !shards[i].remote;
    }
    sequences = here && current;
}

namespace nqx
{

namespace
{

enum { LEAST_WAIT_MS = 300 };

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
            give_way(i);
        }
    size_t colon = place.rfind(':');
    return Xapian::Remote::open(place.substr(0, colon), (unsigned)atoi(place.c_str() + colon + 1),
                                (unsigned)wait_ms, (unsigned)wait_ms);
}

/* Leaves out a shard because of the exception at hand. */
void leave_out(Shard &shard)
{
    nq_error why = {};
    if (translate(shard.place.c_str(), &why) == NQ_ERR_NOMEM)
        throw std::bad_alloc();
    shard.why = why.message;
    shard.database = Xapian::Database();
}

} // namespace

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

/* Sees what there is now.  A shard of this machine may be another database by now than the one
 * whose files are open. */
void open_anew(nq_xapian_reader *r)
{
    for (size_t i : r->present)
        if (r->shards[i].remote)
            r->shards[i].database.reopen();
        else
            r->shards[i].database = open_place(r->shards[i].place, false, 0);
    r->join();
}

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
        status = fail(err, NQ_ERR_IO, _("no shard answers; %s"), r->shards[0].why.c_str());
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
    return reading(r, err, [&] { open_anew(r); });
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
static bool walk(const Xapian::Database &db, const string &term, nq_xapian_posting_fn *posting,
                 void *user)
{
    for (auto p = db.postlist_begin(term); p != db.postlist_end(term); ++p)
        if (!posting(user, {term.data(), term.size()}, *p, p.get_wdf()))
            return false;
    return true;
}

nq_status list(nq_xapian_reader *r, char prefix, nq_str text, nq_xapian_posting_fn *posting,
               void *user, nq_error *err)
{
    std::vector<std::pair<int64_t, uint32_t>> all; /* first, as reading may begin anew */
    nq_status status = reading(r, err, [&] {
        string term = make_term(prefix, text);
        all.clear();
        for (auto p = r->all.postlist_begin(term); p != r->all.postlist_end(term); ++p)
            all.emplace_back(r->id_of(*p), p.get_wdf());
    });
    for (size_t i = 0; i < all.size() && status == NQ_OK; i++)
        if (!posting(user, text, all[i].first, all[i].second))
            break;
    return status;
}

nq_status postings(nq_xapian_reader *r, nq_xapian_posting_fn *posting, void *user, nq_error *err)
{
    return guarded(r->where.c_str(), err, [&] {
        for (size_t i : r->present) {
            const Xapian::Database &db = r->shards[i].database;
            for (auto t = db.allterms_begin(); t != db.allterms_end(); ++t) {
                if (!walk(db, *t, posting, user))
                    return;
            }
        }
    });
}

nq_status sequences(nq_xapian_reader *r, nq_xapian_sequence_fn *sequence, void *user, nq_error *err)
{
    return guarded(r->where.c_str(), err, [&] {
        for (size_t i : r->present) {
            const Xapian::Database &db = r->shards[i].database;
            auto v = db.valuestream_begin(SLOT_SEQUENCE);
            for (; v != db.valuestream_end(SLOT_SEQUENCE); ++v) {
                string bytes = *v;
                if (!sequence(user, v.get_docid(), {bytes.data(), bytes.size()}))
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

} // namespace nqx
