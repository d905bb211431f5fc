/* The files below the paths that a user named. */
#ifndef NQ_API_WALK_H
#define NQ_API_WALK_H

#include <sys/stat.h>

#include "base/arena.h"
#include "engine/xapian_sets.h" /* NQ_UNFINISHED */

/* A file: its absolute path and its name below the folder that was named (its own name where it was
 * named itself), both NUL-terminated. */
struct nq_walk_file {
    struct nq_str path, key;
    int64_t size, modified_ns;
};

struct nq_walk {
    struct nq_walk_file *files; /* in the order of paths */
    size_t n;
    uint64_t bytes;
    struct nq_str
        *places; /* absolute, one for each path or `only`; folders that are there end in '/' */
    size_t n_places;
};

struct nq_walk_options {
    const char *index;       /* left out with what belongs to it; NULL: none */
    const char *const *only; /* absolute paths at or below the named ones; NULL: all */
    size_t n_only;
    bool gone_too; /* a path at which there is nothing is a place as well */
    void (*warning)(void *user, bool failed, const char *message);
    void *user;
};

/* When a file was modified, in nanoseconds since 1970. */
static inline int64_t nq_walk_modified(const struct stat *st)
{
    return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* Whether there is nothing at `path`; not where that cannot be known. */
bool nq_walk_gone(const char *path);

/* Finds the regular files at and below `paths`, hidden ones, what editors and downloads leave
 * half-made (x.md~, #x.md#, ~$x.docx, x.part) and the index left out; with `only`, what
 * of those paths is there.  `warning` hears of folders that cannot be read, with the path; they are
 * counted in *n_failed.  IO where one of `paths` does not exist, but for `gone_too`. */
enum nq_status nq_walk_paths(struct nq_arena *arena, const char *const *paths, size_t n_paths,
                             const struct nq_walk_options *options, struct nq_walk *out,
                             uint64_t *n_failed, struct nq_error *err);

#endif
