/* The files below the paths that a user named. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "api/walk.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"

enum { DEEPEST = 64 }; /* folders within folders: more is a loop of links */

struct walker {
    struct nq_arena *arena;
    struct nq_walk *out;
    size_t root_len; /* of the folder that was named, with its '/' */
    void (*warning)(void *user, bool failed, const char *message);
    void *user;
    uint64_t n_failed;
};

static void warn(struct walker *w, const char *path)
{
    char message[PATH_MAX + 200];
    snprintf(message, sizeof message, "%s: %s", path, strerror(errno));
    w->n_failed++;
    if (w->warning)
        w->warning(w->user, true, message);
}

static bool add_file(struct walker *w, const char *path, const struct stat *st)
{
    struct nq_walk *out = w->out;
    struct nq_walk_file *files = nq_arena_grow(w->arena, out->files, out->n, sizeof *out->files);
    struct nq_str copy = nq_arena_str(w->arena, nq_str_from(path));
    if (!files || !copy.ptr)
        return false;
    const char *slash = strrchr(copy.ptr, '/');
    size_t key = w->root_len ? w->root_len : (size_t)(slash + 1 - copy.ptr);
    out->files = files;
    files[out->n++] = (struct nq_walk_file){
        .path = copy,
        .key = nq_str_sub(copy, key, copy.len),
        .size = st->st_size,
        .modified_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
    };
    out->bytes += (uint64_t)st->st_size;
    return true;
}

static bool walk_folder(struct walker *w, const char *folder, int depth);

static bool walk_entry(struct walker *w, const char *path, int depth)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        warn(w, path);
        return true;
    }
    if (S_ISDIR(st.st_mode))
        return depth >= DEEPEST || walk_folder(w, path, depth + 1);
    return !S_ISREG(st.st_mode) || add_file(w, path, &st);
}

static bool walk_folder(struct walker *w, const char *folder, int depth)
{
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort);
    bool ok = true;
    if (n < 0) {
        warn(w, folder);
        return errno != ENOMEM;
    }
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        int len = snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        if (ok && names[i]->d_name[0] != '.' && len < PATH_MAX)
            ok = walk_entry(w, path, depth);
        free(names[i]);
    }
    free(names);
    return ok;
}

static int by_path(const void *a, const void *b)
{
    const struct nq_walk_file *x = a, *y = b;
    return nq_str_cmp(x->path, y->path);
}

/* Sorts, and drops files that were named twice. */
static void sort_files(struct nq_walk *out)
{
    size_t kept = 0;
    if (out->n)
        qsort(out->files, out->n, sizeof *out->files, by_path);
    for (size_t i = 0; i < out->n; i++)
        if (kept == 0 || !nq_str_eq(out->files[kept - 1].path, out->files[i].path))
            out->files[kept++] = out->files[i];
    out->n = kept;
}

enum nq_status nq_walk_paths(struct nq_arena *arena, const char *const *paths, size_t n_paths,
                             void (*warning)(void *user, bool failed, const char *message),
                             void *user, struct nq_walk *out, uint64_t *n_failed,
                             struct nq_error *err)
{
    struct walker w = {.arena = arena, .out = out, .warning = warning, .user = user};
    *out = (struct nq_walk){0};
    out->roots = nq_arena_array(arena, n_paths + 1, sizeof *out->roots);
    if (!out->roots)
        return nq_fail_nomem(err);
    for (size_t i = 0; i < n_paths; i++) {
        char root[PATH_MAX + 1];
        struct stat st;
        if (!realpath(paths[i], root) || stat(root, &st) != 0)
            return nq_fail_errno(err, paths[i]);
        bool folder = S_ISDIR(st.st_mode);
        w.root_len = folder ? strlen(root) + (strcmp(root, "/") != 0) : 0;
        if (!(folder ? walk_folder(&w, root, 0) : walk_entry(&w, root, 0)))
            return nq_fail_nomem(err);
        if (folder && strcmp(root, "/") != 0)
            strcat(root, "/");
        out->roots[out->n_roots++] = nq_arena_str(arena, nq_str_from(root));
    }
    sort_files(out);
    *n_failed = w.n_failed;
    return nq_arena_failed(arena) ? nq_fail_nomem(err) : NQ_OK;
}
