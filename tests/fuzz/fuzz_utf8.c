/* text/utf8 on any bytes: decoding covers all of them, cleaning gives clean text, which is its own
 * cleaning. */
#include "fuzz.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_str s = {(const char *)data, size};
    bool all_valid = true;
    size_t at = 0, n = 0;
    while (at < size) {
        uint32_t cp;
        bool valid = true;
        size_t len = nq_utf8_decode(nq_str_sub(s, at, size), &cp, &valid);
        fuzz_check(len >= 1 && len <= 4 && len <= size - at);
        fuzz_check(cp < 0x110000 && (cp < 0xD800 || cp >= 0xE000));
        if (all_valid && !valid)
            fuzz_check(nq_utf8_check(s) == at);
        all_valid &= valid;
        at += len;
        n++;
    }
    fuzz_check((nq_utf8_check(s) == size) == all_valid);
    fuzz_check(!all_valid || nq_utf8_count(s) == n);

    struct nq_arena *arena = nq_arena_create();
    size_t repaired, again;
    struct nq_str clean = nq_utf8_clean(arena, s, &repaired);
    fuzz_check(clean.ptr || size == 0);
    fuzz_check(nq_utf8_check(clean) == clean.len);
    fuzz_check(all_valid || repaired > 0);
    for (size_t i = 0; i < clean.len; i++)
        fuzz_check((unsigned char)clean.ptr[i] >= 0x20 || clean.ptr[i] == '\n' ||
                   clean.ptr[i] == '\t');
    fuzz_check(nq_str_eq(nq_utf8_clean(arena, clean, &again), clean) && again == 0);

    size_t cut = size / 2;
    struct nq_str prefix = nq_utf8_prefix(clean, cut);
    fuzz_check(prefix.len <= cut && nq_utf8_check(prefix) == prefix.len);
    nq_arena_destroy(arena);
    return 0;
}
