/* Where libarchive is missing its files are refused with a message: see unpack.h. */
#include "ingest/unpack.h"

static enum nq_status missing(const char *name, struct nq_error *err)
{
    return nq_fail(err, NQ_ERR_INPUT, _("%s: nqsearch was built without libarchive"), name);
}

enum nq_status nq_unpack_layer(struct nq_source *source, const char *name, struct nq_error *err)
{
    (void)source;
    return missing(name, err);
}

enum nq_status nq_archive_open(struct nq_source *source, const char *name, struct nq_archive **out,
                               struct nq_error *err)
{
    (void)source, (void)out;
    return missing(name, err);
}

enum nq_status nq_archive_next(struct nq_archive *archive, struct nq_str *path,
                               struct nq_error *err)
{
    (void)archive, (void)path;
    return missing("-", err);
}

enum nq_status nq_archive_rewind(struct nq_archive *archive, struct nq_error *err)
{
    (void)archive;
    return missing("-", err);
}

void nq_archive_member(struct nq_archive *archive, struct nq_source *out)
{
    (void)archive;
    *out = (struct nq_source){0};
}

void nq_archive_close(struct nq_archive *archive)
{
    (void)archive;
}
