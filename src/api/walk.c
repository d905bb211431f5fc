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
    snprintf(message, sizeof message, _("%s: %s"), path, strerror(errno));
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
        .modified_ns = nq_walk_modified(st),
    };
    out->bytes += (uint64_t)st->st_size;
    return true;
}

/* Whether `path` is the index, its log, its shards or what a rebuild makes beside it. */
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
    return nq_str_eq(ending, NQ_STR(NQ_XAPIAN_ENDING)) ||
           nq_str_starts(ending, NQ_STR(NQ_XAPIAN_ENDING "/"));
}

/* Whether a name is that of a hidden file, or of one that an editor or a download is not done with.
 */
static bool is_ignored(struct nq_str name)
{
    static const struct nq_str endings[] = {
        NQ_STR_INIT("~"),           NQ_STR_INIT(".swp"),  NQ_STR_INIT(".swx"),
        NQ_STR_INIT(".tmp"),        NQ_STR_INIT(".part"), NQ_STR_INIT(".partial"),
        NQ_STR_INIT(".crdownload"),
    };
    if (nq_str_starts(name, NQ_STR(".")) || nq_str_starts(name, NQ_STR("~$")))
        return true;
    if (name.len > 1 && nq_str_starts(name, NQ_STR("#")) && nq_str_ends(name, NQ_STR("#")))
        return true;
    for (size_t i = 0; i < NQ_COUNT(endings); i++)
        if (nq_str_ends(name, endings[i]))
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
    if (is_index(w, nq_str_from(path)))
        return true;
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
        if (ok && !is_ignored(nq_str_from(names[i]->d_name)) && len < PATH_MAX)
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

bool nq_walk_gone(const char *path)
{
    struct stat st;
    return stat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

static enum nq_status add_place(struct walker *w, const char *path, struct nq_error *err)
{
    struct nq_walk *out = w->out;
    struct nq_str copy = nq_arena_str(w->arena, nq_str_from(path));
    if (!copy.ptr)
        return nq_fail_nomem(err);
    out->places[out->n_places++] = copy;
    return NQ_OK;
}

/* Whether a part of `path` behind `from` is ignored. */
static bool is_below_ignored(struct nq_str path, size_t from)
{
    struct nq_str rest = nq_str_sub(path, from, path.len), name;
    while (nq_str_split(&rest, '/', &name))
        if (name.len > 0 && is_ignored(name))
            return true;
    return false;
}

/* Walks those of `only` that lie at or below `root`. */
static enum nq_status walk_only(struct walker *w, const struct nq_walk_options *options,
                                struct nq_str root, struct nq_error *err)
{
    for (size_t i = 0; i < options->n_only; i++) {
        struct nq_str path = nq_str_from(options->only[i]);
        bool below = w->root_len ? nq_str_starts(path, root) : nq_str_eq(path, root);
        if (!below || (w->root_len && is_below_ignored(path, w->root_len)))
            continue;
        enum nq_status status = add_place(w, path.ptr, err);
        if (status != NQ_OK)
            return status;
        if (!nq_walk_gone(path.ptr) && !walk_entry(w, path.ptr, NULL))
            return nq_fail_nomem(err);
    }
    return NQ_OK;
}

/* The absolute path of what is gone: the nearest folder above it that is there, and the names
 * below.  False with errno set where it is none. */
static bool resolve_gone(const char *path, char out[PATH_MAX + 1])
{
    char above[PATH_MAX + 1];
    if (snprintf(above, sizeof above, "%s", path) >= (int)sizeof above)
        return false;
    while (!realpath(above, out)) {
        char *slash = strrchr(above, '/');
        if (errno != ENOENT || strcmp(above, ".") == 0)
            return false;
        strcpy(slash ? slash + (slash == above) : above, slash ? "" : ".");
    }
    struct nq_str rest = nq_str_from(path + (strcmp(above, ".") == 0 ? 0 : strlen(above))), name;
    size_t len = strlen(out), start = len;
    errno = ENOENT;
    while (nq_str_split(&rest, '/', &name)) {
        if (name.len == 0 || nq_str_eq(name, NQ_STR(".")))
            continue;
        if (nq_str_eq(name, NQ_STR("..")) || len + name.len >= PATH_MAX)
            return false;
        len += (size_t)sprintf(out + len, "%s%.*s", len > 1 ? "/" : "", (int)name.len, name.ptr);
    }
    return len > start;
}

enum nq_status nq_walk_paths(struct nq_arena *arena, const char *const *paths, size_t n_paths,
                             const struct nq_walk_options *options, struct nq_walk *out,
                             uint64_t *n_failed, struct nq_error *err)
{
    char absolute[PATH_MAX];
    struct walker w = {.arena = arena,
                       .out = out,
                       .index = index_path(options->index, absolute),
                       .warning = options->warning,
                       .user = options->user};
    *out = (struct nq_walk){0};
    size_t most = options->only ? options->n_only * n_paths : n_paths;
    enum nq_status status = NQ_OK;
    out->places = nq_arena_array(arena, most + 1, sizeof *out->places);
    if (!out->places)
        return nq_fail_nomem(err);
    for (size_t i = 0; i < n_paths && status == NQ_OK; i++) {
        char root[PATH_MAX + 1];
        struct stat st;
        if (!realpath(paths[i], root) || stat(root, &st) != 0) {
            if (errno != ENOENT || !options->gone_too || !resolve_gone(paths[i], root))
                return nq_fail_errno(err, paths[i]);
            status = add_place(&w, root, err);
            continue;
        }
        bool folder = S_ISDIR(st.st_mode);
        w.root_len = folder ? strlen(root) + (strcmp(root, "/") != 0) : 0;
        if (!options->only && !walk_entry(&w, root, NULL))
            return nq_fail_nomem(err);
        if (folder && strcmp(root, "/") != 0)
            strcat(root, "/");
        status = options->only ? walk_only(&w, options, nq_str_from(root), err)
                               : add_place(&w, root, err);
    }
    sort_files(out);
    *n_failed = w.n_failed;
    return status == NQ_OK && nq_arena_failed(arena) ? nq_fail_nomem(err) : status;
}
