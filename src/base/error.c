/* Errors. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Takes the part of a character off the end of a message that was too long for its room. */
static void cut_character(char *message, size_t len)
{
    size_t start = len;
    while (start > 0 && ((unsigned char)message[start - 1] & 0xC0) == 0x80)
        start--;
    unsigned char lead = start > 0 ? (unsigned char)message[start - 1] : 0;
    size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (lead >= 0xC0 && len - start + 1 < whole)
        message[start - 1] = '\0';
}

enum nq_status nq_fail(struct nq_error *err, enum nq_status status, const char *format, ...)
{
    if (!err || err->status != NQ_OK)
        return status;
    va_list args;
    va_start(args, format);
    int len = vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    if (len >= (int)sizeof err->message)
        cut_character(err->message, sizeof err->message - 1);
    err->status = status;
    err->column = -1;
    return status;
}

enum nq_status nq_fail_nomem(struct nq_error *err)
{
    return nq_fail(err, NQ_ERR_NOMEM, "%s", _("out of memory"));
}

enum nq_status nq_fail_errno(struct nq_error *err, const char *what)
{
    int code = errno;
    enum nq_status status = NQ_ERR_IO;
    if (code == ENOSPC || code == EDQUOT || code == EFBIG)
        status = NQ_ERR_FULL;
    else if (code == ENOMEM)
        status = NQ_ERR_NOMEM;
    else if (code == EAGAIN || code == EBUSY)
        status = NQ_ERR_BUSY;
    return nq_fail(err, status, _("%s: %s"), what, strerror(code));
}
