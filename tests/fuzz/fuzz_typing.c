/* text/pinyin on any bytes: a name typed as it stands fits itself, and no match runs on. */
#include "fuzz.h"
#include "text/pinyin.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_str text = {(const char *)data, size};
    struct nq_typed typed;
    uint32_t cp[NQ_SPELLED_MAX];
    if (nq_utf8_check(text) < text.len || !nq_typed_read(text, &typed))
        return 0;
    fuzz_check(typed.n <= NQ_TYPED_MAX);
    size_t n = nq_typed_fold(text, NQ_SPELLED_MAX, cp);
    if (!typed.letters)
        fuzz_check(nq_typed_fit(&typed, cp, n, true) == 0);
    else
        nq_typed_fit(&typed, cp, n, false);
    return 0;
}
