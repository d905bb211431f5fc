/* The files below the paths that a user named. */
#ifndef NQ_API_WALK_H
#define NQ_API_WALK_H

#include "base/arena.h"

/* What stands behind an index's name while it is being rebuilt or copied. */
#define NQ_UNFINISHED ".unfinished"

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
    struct nq_str *roots; /* absolute, one for each path; folders end in '/' */
    size_t n_roots;
};

/* Finds the regular files at and below `paths`, hidden ones left out, and the index at
 * `index` (NULL: none) with what belongs to it.  `warning` hears of folders
 * that cannot be read, with the path; they are counted in *n_failed.  IO where a path itself does
 * not exist. */
enum nq_status nq_walk_paths(struct nq_arena *arena, const char *const *paths, size_t n_paths,
                             const char *index,
                             void (*warning)(void *user, bool failed, const char *message),
                             void *user, struct nq_walk *out, uint64_t *n_failed,
                             struct nq_error *err);

#endif
