/* Names of files in archives: see unpack.h. */
#include "ingest/unpack.h"

#include "ingest/encoding.h"
#include "text/utf8.h"

bool nq_archive_path_is_safe(struct nq_str path)
{
    struct nq_str part;
    bool drive = path.len > 1 && path.ptr[1] == ':';
    if (path.len == 0 || drive || path.ptr[0] == '/' || path.ptr[0] == '\\')
        return false;
    for (size_t start = 0, i = 0; i <= path.len; i++) {
        if (i < path.len && path.ptr[i] != '/' && path.ptr[i] != '\\')
            continue;
        part = nq_str_sub(path, start, i);
        if (nq_str_eq(part, NQ_STR("..")))
            return false;
        start = i + 1;
    }
    return true;
}

enum nq_status nq_archive_path_decode(struct nq_str raw, struct nq_buf *out, struct nq_error *err)
{
    enum { LONGEST = 1 << 16 };
    char encoding[32];
    size_t replaced = 0;
    struct nq_source source = {0};
    enum nq_status status = NQ_OK;
    nq_source_open_text(&source, raw);
    if (nq_utf8_check(raw) < raw.len) {
        const char *name = nq_encoding_of(raw, true, NQ_STR(""), encoding);
        bool other = name && strcmp(name, "UTF-8") != 0;
        status = nq_encoding_decode(&source, other ? name : "GB18030", &replaced, err);
    }
    if (status == NQ_OK)
        status = nq_source_fill(&source, LONGEST, err);
    out->len = 0;
    nq_buf_add(out, nq_source_waiting(&source));
    nq_source_close(&source);
    return status == NQ_OK && out->failed ? nq_fail_nomem(err) : status;
}
