/* Fails allocations in turn.  A program linked with `fault_dep` has malloc and its kin wrapped (ld
 * --wrap), also those that SQLite, jansson and utf8proc make on its behalf. */
#ifndef NQ_TESTS_FAULT_H
#define NQ_TESTS_FAULT_H

#include "base/str.h"

/* Does its work from start to end, and returns true when all of it came out right, false when it
 * was refused for lack of memory.  Anything else it must assert.  It leaves nothing behind. */
typedef bool fault_scenario(void *user);

/* Runs the scenario undisturbed, then once for each allocation it makes, with that one failing, and
 * once more with that one and all later ones.  Beyond the first `dense` allocations (half of
 * it, a third with AddressSanitizer) it takes fewer and fewer, some eight to twenty for each
 * doubling. Returns how many allocations the undisturbed scenario makes.  Fails the cmocka test
 * where a scenario is refused though nothing failed. */
size_t fault_each(fault_scenario *scenario, void *user, size_t dense);

/* Called by a scenario: from here on nothing fails, so that it can look at what it left. */
void fault_end(void);

/* Whether it went well; asserts that a failure is one of memory and says so. */
bool fault_judge(enum nq_status status, const struct nq_error *err);

/* How many passages of the index at `path` hold `query`. */
enum nq_status fault_count(const char *path, const char *query, uint64_t *total,
                           struct nq_error *err);

void fault_write_file(const char *path, const char *text);

/* For other hooks: whether the allocation at hand is to fail. */
bool fault_refuse(void);

/* Hands SQLite's and jansson's allocations over; before the first call of either. */
void fault_hook_libraries(void);

#endif
