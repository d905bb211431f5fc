/* Xapian's API as C: see xapian.h for what is promised.  Here: errors, terms and values, care. */
#include "engine/xapian_module.hh"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/hash.h"

namespace nqx
{

enum { HASH_BYTES = 16 };

/* ---- errors ---- */

nq_status fail(nq_error *err, nq_status status, const char *format, const char *where,
               const char *why) noexcept
{
    if (err && err->status == NQ_OK) {
        snprintf(err->message, sizeof err->message, format, where, why);
        err->status = status;
        err->column = -1;
    }
    return status;
}

/* An error of Xapian that has its own text and perhaps the system's. */
static nq_status fail_why(nq_error *err, nq_status status, const char *format, const char *where,
                          const Xapian::Error &e)
{
    const char *why = e.get_error_string();
    string text = e.get_msg();
    if (why)
        text.append(": ").append(why);
    return fail(err, status, format, where, text.c_str());
}

/* Whatever has no status of its own: `format` says what it is, where that is known. */
static nq_status fail_other(nq_error *err, const char *format, const char *where,
                            const Xapian::Error &e)
{
    const char *why = e.get_error_string();
    if (errno == ENOSPC || (why && strcmp(why, strerror(ENOSPC)) == 0))
        return fail(err, NQ_ERR_FULL, _("%s: no space left on the disk"), where);
    return fail_why(err, NQ_ERR_CORRUPT, format ? _(format) : _("%s: Xapian does not answer (%s)"),
                    where, e);
}

/* A translation that may itself lack memory. */
static nq_status explain(const char *where, nq_error *err)
{
    try {
        throw;
    } catch (const Stopped &) {
        return NQ_ERR_STOPPED;
    } catch (const Xapian::DatabaseModifiedError &) {
        return fail(err, NQ_ERR_BUSY, _("%s: another process is writing to the index"), where);
    } catch (const Xapian::DatabaseLockError &) {
        return fail(err, NQ_ERR_BUSY, _("%s: another process is writing to the index"), where);
    } catch (const Xapian::DatabaseVersionError &) {
        return fail(err, NQ_ERR_VERSION, _("%s: made by another version of Xapian"), where);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return fail(err, NQ_ERR_CORRUPT, _("%s: the Xapian database is damaged (%s)"), where,
                    e.get_msg().c_str());
    } catch (const Xapian::NetworkError &e) {
        return fail_why(err, NQ_ERR_IO, _("%s: the shard does not answer (%s)"), where, e);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return fail(err, NQ_ERR_CORRUPT, _("%s: no Xapian database (%s)"), where,
                    e.get_msg().c_str());
    } catch (const Xapian::DatabaseError &e) {
        /* Of a file that was cut off Xapian just says that it ends. */
        const char *damaged = N_("%s: the Xapian database is damaged (%s)");
        return fail_other(err, e.get_error_string() ? nullptr : damaged, where, e);
    } catch (const Xapian::Error &e) {
        return fail_other(err, nullptr, where, e);
    } catch (const std::bad_alloc &) {
        throw;
    } catch (const std::exception &e) {
        return fail(err, NQ_ERR_CORRUPT, _("%s: Xapian does not answer (%s)"), where, e.what());
    }
}

nq_status translate(const char *where, nq_error *err) noexcept
{
    try {
        return explain(where, err);
    } catch (...) {
        return fail(err, NQ_ERR_NOMEM, "%s", _("out of memory"));
    }
}

/* ---- terms and values ---- */

string make_term(char prefix, const char *ptr, size_t len)
{
    string term;
    if (prefix)
        term += prefix;
    if (len < MOST_TERM)
        return term.append(ptr, len);
    uint64_t h = nq_fnv(NQ_FNV_START, nq_str{ptr, len});
    char hash[17];
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)h);
    return term.append(ptr, MOST_TERM - HASH_BYTES).append(hash);
}

string make_term(char prefix, nq_str s)
{
    return make_term(prefix, s.ptr, s.len);
}

static const char sample_prefix = 'Z';

string sample_term(int level)
{
    return {sample_prefix, (char)('A' + level)};
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

int64_t number_of(const Xapian::Database &db, const char *key)
{
    return strtoll(db.get_metadata(key).c_str(), nullptr, 10);
}

string shard_folder(const string &folder, size_t shard)
{
    return folder + '/' + std::to_string(shard);
}

/* ---- care ---- */

static nq_status check(const char *folder, size_t *problems, nq_error *err)
{
    return guarded(folder, err, [&] { *problems = Xapian::Database::check(folder, 0, nullptr); });
}

static nq_status copy(const char *from, const char *to, nq_error *err)
{
    return guarded(from, err, [&] {
        for (int i = 0;; i++)
            try {
                Xapian::Database(from).compact(to, Xapian::DBCOMPACT_NO_RENUMBER);
                return;
            } catch (const Xapian::DatabaseModifiedError &) {
                if (i >= RETRIES)
                    throw;
                give_way(i);
            }
    });
}

} // namespace nqx

using namespace nqx;

extern "C" {
extern __attribute__((visibility("default"))) const nq_xapian_api nq_xapian;

const nq_xapian_api nq_xapian = {
    NQ_XAPIAN_ABI, writer_open, writer_close, put,         put_words,    remove_passage, set_number,
    number,        commit,      ids,          reader_open, reader_close, refresh,        missing,
    totals,        differs,     search,       hits_finish, frequency,    terms,          list,
    postings,      sequences,   data,         check,       copy,
};
}
