/* Which files below some folders have changed and are whole again.
 *
 * A file is looked at when its writer has closed it, or when it was moved here or away; then it has
 * to stay the same for SETTLE_MS, so that one that is written in several goes is read once.  Files
 * of a new folder are found by looking into it: they may have been there before it could be
 * watched. */
#define _GNU_SOURCE /* ppoll, asprintf */
#include "watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common.h"

enum {
    SETTLE_MS = 300,
    MOST_WAITING = 4096, /* then everything is looked at instead */
    EVENTS = IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE,
};

struct folder {
    int id; /* inotify's; -1: none any more */
    char *path;
    bool whole; /* else only the files that were named */
};

/* A path that has changed, and how it was when that was heard last. */
struct waiting {
    char *path;
    double due;
    off_t size;
    struct timespec modified;
};

struct watch {
    int fd;
    char **roots;
    size_t n_roots;
    struct folder *folders;
    size_t n_folders;
    struct waiting *waiting;
    size_t n_waiting;
    const char **ready; /* paths given out */
    size_t n_ready;
    double all_due; /* everything is to be looked at then; 0: no */
};

static bool out_of_memory(void)
{
    common_fail("%s", _("out of memory"));
    return false;
}

/* ---- paths that wait
 * ------------------------------------------------------------------------------- */

static void wait_for_all(struct watch *w, int ms)
{
    w->all_due = common_seconds() + ms / 1e3;
    for (size_t i = 0; i < w->n_waiting; i++)
        free(w->waiting[i].path);
    w->n_waiting = 0;
}

static void look(struct waiting *item)
{
    struct stat st = {0};
    if (stat(item->path, &st) != 0)
        st = (struct stat){0};
    item->size = st.st_size;
    item->modified = st.st_mtim;
}

/* Has `path` wait for `ms` from now on; with `known` only where it waits already. */
static bool wait_for(struct watch *w, const char *path, int ms, bool known)
{
    size_t i = 0;
    if (w->all_due > 0) {
        w->all_due = common_seconds() + ms / 1e3;
        return true;
    }
    while (i < w->n_waiting && strcmp(w->waiting[i].path, path) != 0)
        i++;
    if (i == w->n_waiting && known)
        return true;
    if (i == MOST_WAITING)
        return wait_for_all(w, ms), true;
    if (i == w->n_waiting) {
        struct waiting *grown = realloc(w->waiting, (i + 1) * sizeof *grown);
        if (!grown)
            return out_of_memory();
        w->waiting = grown;
        if (!(grown[i].path = strdup(path)))
            return out_of_memory();
        w->n_waiting++;
    }
    w->waiting[i].due = common_seconds() + ms / 1e3;
    look(&w->waiting[i]);
    return true;
}

/* Moves what has settled to w->ready. */
static bool take_settled(struct watch *w, double now)
{
    size_t left = 0;
    const char **ready = realloc(w->ready, (w->n_ready + w->n_waiting + 1) * sizeof *ready);
    if (!ready)
        return out_of_memory();
    w->ready = ready;
    for (size_t i = 0; i < w->n_waiting; i++) {
        struct waiting *item = &w->waiting[i], was = *item;
        if (item->due <= now) {
            look(item);
            bool same = item->size == was.size && item->modified.tv_sec == was.modified.tv_sec &&
                        item->modified.tv_nsec == was.modified.tv_nsec;
            if (same) {
                w->ready[w->n_ready++] = item->path;
                continue;
            }
            item->due = now + SETTLE_MS / 1e3;
        }
        w->waiting[left++] = *item;
    }
    w->n_waiting = left;
    return true;
}

static void drop_ready(struct watch *w)
{
    for (size_t i = 0; i < w->n_ready; i++)
        free((char *)w->ready[i]);
    w->n_ready = 0;
}

/* ---- folders
 * ---------------------------------------------------------------------------------------- */

static bool fail_watch(const char *path)
{
    if (errno == ENOSPC)
        common_fail(_("%s: too many folders to watch (see fs.inotify.max_user_watches)"), path);
    else
        common_fail(_("%s: %s"), path, strerror(errno));
    return false;
}

/* Watches one folder; *fresh says that it was not before. */
static bool add_folder(struct watch *w, const char *path, bool whole, bool *fresh)
{
    int id = inotify_add_watch(w->fd, path, EVENTS | IN_ONLYDIR);
    *fresh = false;
    /* It may be gone already, or not ours to read: the reading run says so. */
    if (id < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES || fail_watch(path);
    for (size_t i = 0; i < w->n_folders; i++)
        if (w->folders[i].id == id) {
            *fresh = whole && !w->folders[i].whole;
            w->folders[i].whole |= whole;
            return true;
        }
    struct folder *grown = realloc(w->folders, (w->n_folders + 1) * sizeof *grown);
    if (!grown)
        return out_of_memory();
    w->folders = grown;
    grown[w->n_folders] = (struct folder){id, strdup(path), whole};
    if (!grown[w->n_folders].path)
        return out_of_memory();
    w->n_folders++;
    *fresh = true;
    return true;
}

/* Watches a folder and those in it; with `found`, the files in them wait to be read. */
static bool add_tree(struct watch *w, const char *path, bool found)
{
    bool fresh, ok = add_folder(w, path, true, &fresh);
    DIR *dir = ok && fresh ? opendir(path) : NULL;
    struct dirent *entry;
    while (ok && dir && (entry = readdir(dir))) {
        char below[PATH_MAX];
        struct stat st;
        if (entry->d_name[0] == '.' ||
            snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= PATH_MAX ||
            stat(below, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            ok = add_tree(w, below, found);
        else if (found && S_ISREG(st.st_mode))
            ok = wait_for(w, below, SETTLE_MS, false);
    }
    if (dir)
        closedir(dir);
    return ok;
}

/* A folder that went away is watched no more, wherever it is now. */
static void drop_tree(struct watch *w, const char *path)
{
    size_t n = strlen(path), left = 0;
    for (size_t i = 0; i < w->n_folders; i++) {
        const char *own = w->folders[i].path;
        if (strncmp(own, path, n) == 0 && (own[n] == '/' || own[n] == '\0')) {
            inotify_rm_watch(w->fd, w->folders[i].id);
            free(w->folders[i].path);
        } else {
            w->folders[left++] = w->folders[i];
        }
    }
    w->n_folders = left;
}

static bool add_root(struct watch *w, const char *path)
{
    struct stat st;
    bool fresh;
    char *root = realpath(path, NULL);
    if (!root || stat(root, &st) != 0) {
        free(root);
        return fail_watch(path);
    }
    w->roots[w->n_roots++] = root;
    if (S_ISDIR(st.st_mode))
        return add_tree(w, root, false);
    char parent[PATH_MAX];
    size_t n = (size_t)(strrchr(root, '/') - root);
    snprintf(parent, sizeof parent, "%.*s", n ? (int)n : 1, root);
    return add_folder(w, parent, false, &fresh);
}

struct watch *watch_open(char *const *paths, size_t n)
{
    struct watch *w = calloc(1, sizeof *w);
    if (!w || !(w->roots = calloc(n, sizeof *w->roots))) {
        free(w);
        out_of_memory();
        return NULL;
    }
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    bool ok = w->fd >= 0 || fail_watch("inotify");
    for (size_t i = 0; i < n && ok; i++)
        ok = add_root(w, paths[i]);
    if (ok)
        return w;
    watch_close(w);
    return NULL;
}

void watch_close(struct watch *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->n_roots; i++)
        free(w->roots[i]);
    for (size_t i = 0; i < w->n_folders; i++)
        free(w->folders[i].path);
    for (size_t i = 0; i < w->n_waiting; i++)
        free(w->waiting[i].path);
    drop_ready(w);
    free(w->roots);
    free(w->folders);
    free(w->waiting);
    free(w->ready);
    if (w->fd >= 0)
        close(w->fd);
    free(w);
}

size_t watch_folders(const struct watch *w)
{
    return w->n_folders;
}

/* ---- events
 * ----------------------------------------------------------------------------------------- */

/* Whether a new name is that of a whole file: another link to one, which nobody will close. */
static bool is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 &&
           (S_ISLNK(st.st_mode) || (S_ISREG(st.st_mode) && st.st_nlink > 1));
}

static bool is_root(const struct watch *w, const char *path)
{
    for (size_t i = 0; i < w->n_roots; i++)
        if (strcmp(w->roots[i], path) == 0)
            return true;
    return false;
}

static bool take_event(struct watch *w, const struct inotify_event *e)
{
    char path[PATH_MAX];
    size_t i = 0;
    if (e->mask & IN_Q_OVERFLOW) {
        /* What was lost may have been a new folder. */
        for (size_t r = 0; r < w->n_roots; r++) {
            struct stat st;
            if (stat(w->roots[r], &st) == 0 && S_ISDIR(st.st_mode)) {
                drop_tree(w, w->roots[r]);
                if (!add_tree(w, w->roots[r], false))
                    return false;
            }
        }
        return wait_for_all(w, SETTLE_MS), true;
    }
    while (i < w->n_folders && w->folders[i].id != e->wd)
        i++;
    if (i == w->n_folders || e->len == 0 || e->name[0] == '.' ||
        snprintf(path, sizeof path, "%s/%s",
                 strcmp(w->folders[i].path, "/") ? w->folders[i].path : "", e->name) >= PATH_MAX)
        return true;
    if (!w->folders[i].whole && !is_root(w, path))
        return true;
    if ((e->mask & IN_ISDIR) && (e->mask & (IN_MOVED_FROM | IN_DELETE)))
        drop_tree(w, path);
    if ((e->mask & IN_ISDIR) && (e->mask & (IN_CREATE | IN_MOVED_TO)))
        return add_tree(w, path, true);
    if ((e->mask & IN_CREATE) && !is_link(path))
        return true;
    /* What is being written changes again: whoever waits for it waits on. */
    return wait_for(w, path, SETTLE_MS, (e->mask & IN_MODIFY) != 0);
}

static bool read_events(struct watch *w)
{
    _Alignas(struct inotify_event) char buf[16384];
    ssize_t n;
    while ((n = read(w->fd, buf, sizeof buf)) > 0)
        for (char *p = buf; p < buf + n;) {
            const struct inotify_event *e = (const struct inotify_event *)p;
            if (!take_event(w, e))
                return false;
            p += sizeof *e + e->len;
        }
    return n > 0 || errno == EAGAIN || errno == EINTR || fail_watch("inotify");
}

/* Seconds until something is due; negative where nothing waits. */
static double next_due(const struct watch *w, double now)
{
    double due = w->all_due;
    for (size_t i = 0; i < w->n_waiting; i++)
        if (due == 0 || w->waiting[i].due < due)
            due = w->waiting[i].due;
    return due == 0 ? -1 : due > now ? due - now : 0;
}

bool watch_wait(struct watch *w, bool (*stop)(void), struct watch_changes *out)
{
    sigset_t signals, before;
    bool ok = true;
    *out = (struct watch_changes){0};
    drop_ready(w);
    /* Signals are let in by ppoll alone, so that none is missed between the look and the wait. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, &before);
    while (ok && !stop() && !out->all && out->n == 0) {
        double seconds = next_due(w, common_seconds());
        struct timespec t = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
        struct pollfd fd = {.fd = w->fd, .events = POLLIN};
        if (ppoll(&fd, 1, seconds < 0 ? NULL : &t, &before) > 0)
            ok = read_events(w);
        double now = common_seconds();
        out->all = w->all_due > 0 && w->all_due <= now;
        ok = ok && take_settled(w, now);
        out->paths = w->ready;
        out->n = w->n_ready;
    }
    if (out->all)
        w->all_due = 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}

void watch_retry(struct watch *w, const struct watch_changes *changes, int ms)
{
    if (changes->all)
        wait_for_all(w, ms);
    for (size_t i = 0; !changes->all && i < changes->n; i++)
        wait_for(w, changes->paths[i], ms, false);
}
