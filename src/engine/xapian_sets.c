/* Folders of shards beside an index. */
#include "engine/xapian_sets.h"

#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_SETS = 1000000 };

char *nq_xapian_base(const char *path)
{
    size_t len = strlen(path), ending = sizeof NQ_UNFINISHED - 1;
    if (len > ending && strcmp(path + len - ending, NQ_UNFINISHED) == 0)
        len -= ending;
    return sqlite3_mprintf("%.*s" NQ_XAPIAN_ENDING, (int)len, path);
}

enum nq_status nq_xapian_new_set(const char *path, int64_t *set, struct nq_error *err)
{
    char *base = nq_xapian_base(path), *folder = NULL;
    enum nq_status status = base ? NQ_OK : nq_fail_nomem(err);
    if (base && mkdir(base, 0777) != 0 && errno != EEXIST)
        status = nq_fail_errno(err, base);
    bool made = false;
    for (*set = 0; status == NQ_OK && !made;) {
        folder = sqlite3_mprintf("%s/%lld", base, (long long)++*set);
        if (!folder)
            status = nq_fail_nomem(err);
        else if (!(made = mkdir(folder, 0777) == 0) && (errno != EEXIST || *set == MOST_SETS))
            status = nq_fail_errno(err, folder);
        sqlite3_free(folder);
    }
    sqlite3_free(base);
    return status;
}

/* Removes a folder of files and of folders, `depth` levels of them. */
static void remove_folder(const char *path, int depth)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *name = sqlite3_mprintf("%s/%s", path, entry->d_name);
        if (name && unlink(name) != 0 && depth > 0)
            remove_folder(name, depth - 1);
        sqlite3_free(name);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

void nq_xapian_remove_set(const char *path, int64_t set)
{
    char *base = nq_xapian_base(path);
    char *folder = base ? sqlite3_mprintf("%s/%lld", base, (long long)set) : NULL;
    if (folder)
        remove_folder(folder, 1);
    if (base)
        rmdir(base); /* where it was the last */
    sqlite3_free(folder);
    sqlite3_free(base);
}

void nq_xapian_remove_sets(const char *path, int64_t keep)
{
    char *base = nq_xapian_base(path);
    DIR *dir = base ? opendir(base) : NULL;
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        char *end;
        long long set = strtoll(entry->d_name, &end, 10);
        if (!*end && set > 0 && set != keep) /* nothing that we did not make */
            nq_xapian_remove_set(path, set);
    }
    if (dir)
        closedir(dir);
    sqlite3_free(base);
}
