/* Very many new passages: small databases that are then put together.
 *
 * Xapian keeps what is to be committed in trees, by term and by document; beyond a few megabytes
 * each look-up there misses the processor's caches, and each commit into a large database changes
 * nearly all of its pages.  Putting databases together only reads lists one behind the other: a
 * fiftieth of the cost.  So new passages go into parts of some hundred kilobytes of text, sixteen
 * parts become a larger one, and in the end all and the shard itself become the new shard, which
 * takes the place of the old one.  A shard that is large beside what is put is written to itself.
 *
 * Parts are the folders SHARD-K beside the shard.  Nobody else knows of them, so they need no care:
 * what a writer that was killed had put into them the next one finds missing (xapian_state.h). */
#include "engine/xapian_module.hh"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace nqx
{

namespace
{

enum {
    BATCH_BYTES = 64000, /* of tokens, about as many as of text: what fits the caches */
    MOST_BATCHES = 50,   /* that are committed together to a shard: 200 MB of memory */
    FAN = 16,            /* parts that become a larger one */
    SHARE = 64,          /* of a shard: where more is put, it is worth making anew */
};

const char in_the_making[] = "new";

string part_folder(const Target &t, const string &name)
{
    return t.folder + '-' + name;
}

void compact(Xapian::Database &from, const string &to)
{
    std::filesystem::remove_all(to);
    from.compact(to, Xapian::DBCOMPACT_NO_RENUMBER);
}

void add_part(Target &t, const string &folder, size_t level)
{
    if (t.parts.size() <= level)
        t.parts.resize(level + 1);
    t.parts[level].push_back(folder);
    if (t.parts[level].size() < FAN)
        return;
    std::vector<string> together;
    together.swap(t.parts[level]);
    string larger = part_folder(t, std::to_string(t.n_parts++));
    Xapian::Database from;
    for (const string &part : together)
        from.add_database(Xapian::Database(part));
    compact(from, larger);
    for (const string &part : together)
        std::filesystem::remove_all(part);
    add_part(t, larger, level + 1);
}

void begin_part(Target &t)
{
    t.part = Xapian::WritableDatabase(part_folder(t, std::to_string(t.n_parts)),
                                      Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS |
                                          Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    t.part_open = true;
}

void end_part(Target &t)
{
    if (!t.part_open)
        return;
    t.part_open = false;
    t.part.commit();
    t.part.close();
    add_part(t, part_folder(t, std::to_string(t.n_parts++)), 0);
}

/* Makes two folders change names, so that there is a shard at any moment. */
void change_places(const string &a, const string &b)
{
    string aside = a + "-old";
    bool done = renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
    if (!done) /* not every file system can */
        done = rename(b.c_str(), aside.c_str()) == 0 && rename(a.c_str(), b.c_str()) == 0 &&
               rename(aside.c_str(), a.c_str()) == 0;
    if (!done)
        throw Xapian::DatabaseError("cannot take the place of the shard", b, errno);
    int parent = open(std::filesystem::path(b).parent_path().c_str(), O_RDONLY | O_DIRECTORY);
    if (parent >= 0) {
        fsync(parent);
        close(parent);
    }
}

void begin_parts(Target &t)
{
    t.database.commit();
    t.in_parts = true;
    t.last = t.database.get_lastdocid();
}

} // namespace

Xapian::WritableDatabase &target_of(Target &t, int64_t id)
{
    if (t.in_parts && id <= (int64_t)t.last) {
        gather(t); /* only what follows all others can be put together */
        t.in_order = false;
    }
    if (!t.in_parts)
        return t.database;
    if (!t.part_open)
        begin_part(t);
    t.last = (Xapian::docid)id;
    return t.part;
}

void count_bytes(nq_xapian_writer *w, size_t n)
{
    w->bytes += n;
    if (w->bytes < BATCH_BYTES)
        return;
    w->bytes = 0;
    bool commit = ++w->batches >= MOST_BATCHES;
    for (Target &t : w->shards)
        if (t.in_parts)
            end_part(t);
        else if (t.in_order && t.put > t.before / SHARE)
            begin_parts(t);
        else if (commit)
            t.database.commit();
    if (commit)
        w->batches = 0;
}

void gather(Target &t)
{
    if (!t.in_parts)
        return;
    end_part(t);
    t.database.commit();
    string made = part_folder(t, in_the_making);
    Xapian::Database from(t.folder);
    size_t n = 0;
    for (const auto &level : t.parts)
        for (const string &part : level) {
            from.add_database(Xapian::Database(part));
            n++;
        }
    if (n > 0) {
        compact(from, made);
        change_places(made, t.folder);
        t.database = Xapian::WritableDatabase(t.folder, Xapian::DB_OPEN);
    }
    discard(t);
    t.before = t.database.get_doccount();
    t.put = 0;
}

void discard(Target &t) noexcept
{
    std::error_code ignored;
    try {
        for (const auto &level : t.parts)
            for (const string &part : level)
                std::filesystem::remove_all(part, ignored);
        if (t.part_open)
            std::filesystem::remove_all(part_folder(t, std::to_string(t.n_parts)), ignored);
        std::filesystem::remove_all(part_folder(t, in_the_making), ignored);
    } catch (...) {
    }
    t.parts.clear();
    t.in_parts = t.part_open = false;
}

void remove_leftovers(const string &folder)
{
    std::vector<std::filesystem::path> found;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().find('-') != string::npos)
            found.push_back(entry.path());
    for (const auto &path : found)
        std::filesystem::remove_all(path);
}

} // namespace nqx
