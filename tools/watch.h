/* Which files below some folders have changed and are whole again (inotify). */
#ifndef NQ_TOOLS_WATCH_H
#define NQ_TOOLS_WATCH_H

#include <stdbool.h>
#include <stddef.h>

struct watch;

/* What to look at: absolute paths, of which some may be gone; or everything. */
struct watch_changes {
    bool all;
    const char **paths; /* the watch's, until the next wait */
    size_t n;
};

/* Watches files and folders, with the folders in them.  NULL with a message on standard error. */
struct watch *watch_open(char *const *paths, size_t n);
void watch_close(struct watch *watch);

/* How many folders are watched. */
size_t watch_folders(const struct watch *watch);

/* Waits until something has changed and settled, or until `stop` (looked at after each signal).
 * False with a message where that cannot go on. */
bool watch_wait(struct watch *watch, bool (*stop)(void), struct watch_changes *out);

/* Has `changes` come again after a while. */
void watch_retry(struct watch *watch, const struct watch_changes *changes, int ms);

#endif
