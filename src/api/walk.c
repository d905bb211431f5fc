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

/* A folder that is being walked, and those it lies in. */
struct folder {
    const struct folder *parent;
    dev_t device;
    ino_t inode;
};

struct walker {
    struct nq_arena *arena;
    struct nq_walk *out;
    struct nq_str index;
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

/* Whether `path` is the index, its log or what a rebuild makes beside it. */
static bool is_index(const struct walker *w, struct nq_str path)
{
    static const struct nq_str endings[] = {
        NQ_STR_INIT(""),
        NQ_STR_INIT("-wal"),
        NQ_STR_INIT("-shm"),
        NQ_STR_INIT("-journal"),
        NQ_STR_INIT(NQ_UNFINISHED),
        NQ_STR_INIT(NQ_UNFINISHED "-wal"),
        NQ_STR_INIT(NQ_UNFINISHED "-shm"),
    };
    if (w->index.len == 0 || !nq_str_starts(path, w->index))
        return false;
    struct nq_str ending = nq_str_sub(path, w->index.len, path.len);
    for (size_t i = 0; i < NQ_COUNT(endings); i++)
        if (nq_str_eq(ending, endings[i]))
            return true;
    return false;
}

static bool walk_folder(struct walker *w, const char *folder, const struct folder *self);

static bool walk_entry(struct walker *w, const char *path, const struct folder *parent)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        warn(w, path);
        return true;
    }
    if (!S_ISDIR(st.st_mode))
        return !S_ISREG(st.st_mode) || is_index(w, nq_str_from(path)) || add_file(w, path, &st);
    struct folder folder = {.parent = parent, .device = st.st_dev, .inode = st.st_ino};
    for (const struct folder *f = parent; f; f = f->parent)
        if (f->device == folder.device && f->inode == folder.inode)
            return true; /* a link back to a folder that we are in */
    return walk_folder(w, path, &folder);
}

static bool walk_folder(struct walker *w, const char *folder, const struct folder *self)
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
            ok = walk_entry(w, path, self);
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

/* The absolute path of the index, without what marks an unfinished one. */
static struct nq_str index_path(const char *index, char absolute[PATH_MAX])
{
    if (!index || !realpath(index, absolute))
        return NQ_STR("");
    struct nq_str path = nq_str_from(absolute);
    if (nq_str_ends(path, NQ_STR(NQ_UNFINISHED)))
        path.len -= sizeof NQ_UNFINISHED - 1;
    return path;
}

enum nq_status nq_walk_paths(struct nq_arena *arena, const char *const *paths, size_t n_paths,
                             const char *index,
                             void (*warning)(void *user, bool failed, const char *message),
                             void *user, struct nq_walk *out, uint64_t *n_failed,
                             struct nq_error *err)
{
    char absolute[PATH_MAX];
    struct walker w = {.arena = arena,
                       .out = out,
                       .index = index_path(index, absolute),
                       .warning = warning,
                       .user = user};
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
        if (!walk_entry(&w, root, NULL))
            return nq_fail_nomem(err);
        if (folder && strcmp(root, "/") != 0)
            strcat(root, "/");
        out->roots[out->n_roots++] = nq_arena_str(arena, nq_str_from(root));
    }
    sort_files(out);
    *n_failed = w.n_failed;
    return nq_arena_failed(arena) ? nq_fail_nomem(err) : NQ_OK;
}
