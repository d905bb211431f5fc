/* The layer that makes UTF-8 of another encoding: see encoding.h. */
#include "ingest/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

struct decoder {
    struct nq_source below;
    iconv_t iconv;
    size_t unit; /* bytes that are passed over where they are no character */
    size_t *replaced;
    bool flushed;
};

/* Passes over what is no character: U+FFFD stands for it. */
static void replace(struct decoder *d, size_t bytes, char **to, size_t *room)
{
    struct nq_str waiting = nq_source_waiting(&d->below);
    size_t n = bytes < waiting.len ? bytes : waiting.len;
    d->below.at += n;
    d->below.taken += n;
    ++*d->replaced;
    memcpy(*to, "\xEF\xBF\xBD", 3);
    *to += 3;
    *room -= 3;
}

static enum nq_status read_decoded(void *state, char *to, size_t size, size_t *n,
                                   struct nq_error *err)
{
    enum { LONGEST = 16 }; /* bytes that one character takes on either side */
    struct decoder *d = state;
    char *at = to;
    while (at == to && !d->flushed) {
        enum nq_status status = nq_source_fill(&d->below, LONGEST, err);
        if (status != NQ_OK)
            return status;
        struct nq_str waiting = nq_source_waiting(&d->below);
        char *in = (char *)waiting.ptr;
        size_t left = waiting.len;
        if (left == 0) {
            iconv(d->iconv, NULL, NULL, &at, &size);
            d->flushed = true;
            break;
        }
        bool stopped = iconv(d->iconv, &in, &left, &at, &size) == (size_t)-1;
        int why = stopped ? errno : 0;
        d->below.at += waiting.len - left;
        d->below.taken += waiting.len - left;
        if (why == EILSEQ && size >= LONGEST)
            replace(d, d->unit, &at, &size);
        else if (why == EINVAL && d->below.ended && size >= LONGEST)
            replace(d, left, &at, &size);
    }
    *n = (size_t)(at - to);
    return NQ_OK;
}

static void close_decoder(void *state)
{
    struct decoder *d = state;
    nq_source_close(&d->below);
    iconv_close(d->iconv);
    free(d);
}

static const struct nq_source_ops decoder_ops = {read_decoded, close_decoder};

enum nq_status nq_encoding_decode(struct nq_source *source, const char *encoding, size_t *replaced,
                                  struct nq_error *err)
{
    iconv_t iconv = iconv_open("UTF-8", encoding);
    if (iconv == (iconv_t)-1)
        return errno == ENOMEM ? nq_fail_nomem(err)
                               : nq_fail(err, NQ_ERR_INPUT, _("unknown encoding: %s"), encoding);
    struct decoder *d = calloc(1, sizeof *d);
    if (!d) {
        iconv_close(iconv);
        return nq_fail_nomem(err);
    }
    *d = (struct decoder){.below = *source,
                          .iconv = iconv,
                          .unit = strncmp(encoding, "UTF-16", 6) == 0   ? 2
                                  : strncmp(encoding, "UTF-32", 6) == 0 ? 4
                                                                        : 1,
                          .replaced = replaced};
    nq_source_open(source, &decoder_ops, d);
    return NQ_OK;
}
