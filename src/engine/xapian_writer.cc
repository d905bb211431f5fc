/* Shards that are written to. */
#include "engine/xapian_module.hh"

#include <memory>
#include <sys/stat.h>

namespace nqx
{

static void open_target(Target &t)
{
    t.database =
        Xapian::WritableDatabase(t.folder, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
    t.before = t.database.get_doccount();
}

nq_status writer_open(const char *folder, size_t n_shards, nq_xapian_writer **out, nq_error *err)
{
    std::unique_ptr<nq_xapian_writer> w;
    nq_status status = guarded(folder, err, [&] {
        w.reset(new nq_xapian_writer);
        w->folder = folder;
        mkdir(w->folder.substr(0, w->folder.rfind('/')).c_str(), 0777);
        mkdir(folder, 0777); /* where they were lost: what is wrong Xapian says */
        w->shards.resize(n_shards);
        for (size_t i = 0; i < n_shards; i++)
            w->shards[i].folder = shard_folder(folder, i);
    });
    for (size_t i = 0; i < n_shards && status == NQ_OK; i++) {
        Target &t = w->shards[i];
        status = guarded(t.folder.c_str(), err, [&] { open_target(t); });
    }
    if (status == NQ_OK)
        status = guarded(folder, err, [&] { remove_leftovers(w->folder); });
    if (status == NQ_OK)
        *out = w.release();
    return status;
}

/* Xapian's destructor would commit what was not: closing in a transaction does not. */
static void close_uncommitted(Xapian::WritableDatabase &database)
{
    try {
        database.begin_transaction(false);
        database.cancel_transaction();
        database.close();
    } catch (...) {
    }
}

void writer_close(nq_xapian_writer *w)
{
    if (!w)
        return;
    for (Target &t : w->shards) {
        close_uncommitted(t.database);
        close_uncommitted(t.part);
        discard(t);
    }
    delete w;
}

/* The shard with all that was put into it. */
static Xapian::WritableDatabase &whole(nq_xapian_writer *w, size_t shard)
{
    Target &t = w->shards.at(shard);
    gather(t);
    return t.database;
}

/* What messages name. */
static const char *place(const nq_xapian_writer *w, size_t shard)
{
    return w->shards[shard].folder.c_str();
}

nq_status put(nq_xapian_writer *w, size_t shard, const nq_xapian_document *in, nq_error *err)
{
    return guarded(place(w, shard), err, [&] {
        Target &t = w->shards.at(shard);
        target_of(t, in->id).replace_document((Xapian::docid)in->id, make_document(in));
        t.put++;
        count_bytes(w, in->sequence.len);
    });
}

nq_status put_words(nq_xapian_writer *w, size_t shard, int64_t id, const nq_token *words, size_t n,
                    nq_error *err)
{
    return guarded(place(w, shard), err, [&] {
        Xapian::WritableDatabase &db = whole(w, shard);
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
    return guarded(place(w, shard), err, [&] {
        try {
            whole(w, shard).delete_document((Xapian::docid)id);
        } catch (const Xapian::DocNotFoundError &) {
        }
    });
}

nq_status set_number(nq_xapian_writer *w, size_t shard, const char *key, int64_t value,
                     nq_error *err)
{
    return guarded(place(w, shard), err,
                   [&] { whole(w, shard).set_metadata(key, std::to_string(value)); });
}

nq_status number(nq_xapian_writer *w, size_t shard, const char *key, int64_t *value, nq_error *err)
{
    return guarded(place(w, shard), err, [&] { *value = number_of(whole(w, shard), key); });
}

nq_status commit(nq_xapian_writer *w, nq_error *err)
{
    nq_status status = NQ_OK;
    for (size_t i = 0; i < w->shards.size() && status == NQ_OK; i++)
        status = guarded(place(w, i), err, [&] { whole(w, i).commit(); });
    if (status == NQ_OK)
        w->bytes = w->batches = 0;
    return status;
}

nq_status ids(nq_xapian_writer *w, size_t shard, bool (*id)(void *, int64_t), void *user,
              nq_error *err)
{
    return guarded(place(w, shard), err, [&] {
        const Xapian::WritableDatabase &db = whole(w, shard);
        for (auto p = db.postlist_begin(""); p != db.postlist_end("") && id(user, *p); ++p) {
        }
    });
}

} // namespace nqx
