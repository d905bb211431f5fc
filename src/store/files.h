/* Files in the index: where a report was read from.
 *
 * Files with the same content hold their reports once: all but one are copies of that one. */
#ifndef NQ_STORE_FILES_H
#define NQ_STORE_FILES_H

#include "base/arena.h"
#include "store/db.h"

/* A file as it was when it was read. */
struct nq_file_row {
    int64_t id;
    struct nq_str path, key; /* absolute; below the folder that was named */
    int64_t size, modified_ns, hash;
    int64_t copy_of; /* the file that holds the reports of this content; 0: itself */
};

/* Finds the file at `path`, without path and key: row->id is 0 where the index has none. */
enum nq_status nq_store_file_find(struct nq_db *db, struct nq_str path, struct nq_file_row *row,
                                  struct nq_error *err);

/* The file with this id, in `arena`; row->id is 0 where there is none. */
enum nq_status nq_store_file_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                 struct nq_file_row *row, struct nq_error *err);

/* Adds a file, or changes the row with row->id; sets row->id. */
enum nq_status nq_store_file_put(struct nq_db *db, struct nq_file_row *row, struct nq_error *err);

/* Sets when a file was modified; 0 makes the next run read it again. */
enum nq_status nq_store_file_touch(struct nq_db *db, int64_t id, int64_t modified_ns,
                                   struct nq_error *err);

/* Gives a file another path and key; reports that were named by the old key follow. */
enum nq_status nq_store_file_rename(struct nq_db *db, struct nq_file_row *row, struct nq_str path,
                                    struct nq_str key, struct nq_error *err);

enum nq_status nq_store_file_delete(struct nq_db *db, int64_t file, struct nq_error *err);

/* Calls `fn` with each file whose path begins with `prefix`, in the order of paths. */
enum nq_status nq_store_files_below(struct nq_db *db, struct nq_str prefix,
                                    enum nq_status (*fn)(void *user, int64_t id, struct nq_str path,
                                                         struct nq_error *err),
                                    void *user, struct nq_error *err);

/* The files that nq_store_file_touch with 0, or a revision that went, has marked. */
enum nq_status nq_store_files_marked(struct nq_db *db, struct nq_arena *arena,
                                     struct nq_file_row **out, size_t *n, struct nq_error *err);

/* The files whose content had this hash and size; the copies of a file, in the order of paths. */
enum nq_status nq_store_files_like(struct nq_db *db, int64_t hash, int64_t size,
                                   struct nq_arena *arena, struct nq_file_row **out, size_t *n,
                                   struct nq_error *err);
enum nq_status nq_store_file_copies(struct nq_db *db, int64_t file, struct nq_arena *arena,
                                    struct nq_file_row **out, size_t *n, struct nq_error *err);

#endif
