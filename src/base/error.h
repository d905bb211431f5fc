/* Errors: set once where they are found, in words that a user can act on, and passed up unchanged.
 */
#ifndef NQ_BASE_ERROR_H
#define NQ_BASE_ERROR_H

#include <libintl.h>
#include <nqsearch.h>

#define NQ_TEXT_DOMAIN "nqsearch"

/* The message in the user's language. */
#define _(message) dgettext(NQ_TEXT_DOMAIN, message)
/* Marks a message that is looked up later. */
#define N_(message) message

/* Fills `*err` (if it is not NULL and holds no error yet) and returns `status`. */
enum nq_status nq_fail(struct nq_error *err, enum nq_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* nq_fail(err, NQ_ERR_NOMEM, "out of memory"). */
enum nq_status nq_fail_nomem(struct nq_error *err);

/* From errno: "WHAT: why", with the status that fits it (IO, FULL, NOMEM, BUSY). */
enum nq_status nq_fail_errno(struct nq_error *err, const char *what);

#endif
