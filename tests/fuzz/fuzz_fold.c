/* text/fold on any bytes: ranges are in order and within the text, and folding twice changes
 * nothing. */
#include <string.h>

#include "base/buf.h"
#include "fuzz.h"
#include "text/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_folded once = {0}, twice = {0};
    struct nq_buf text = {0};
    fuzz_check(nq_fold_text((struct nq_str){(const char *)data, size}, &once));
    for (size_t i = 0; i < once.n; i++) {
        fuzz_check(once.start[i] < once.end[i] && once.end[i] <= size);
        fuzz_check(i == 0 || once.start[i] == once.start[i - 1] ||
                   once.start[i] >= once.end[i - 1]);
        fuzz_check(once.cls[i] != NQ_CLASS_IGNORE);
        nq_buf_add_cp(&text, once.cp[i]);
    }
    fuzz_check(nq_fold_text(nq_buf_str(&text), &twice));
    fuzz_check(twice.n == once.n);
    fuzz_check(once.n == 0 || memcmp(once.cp, twice.cp, once.n * sizeof *once.cp) == 0);
    nq_folded_finish(&once);
    nq_folded_finish(&twice);
    nq_buf_finish(&text);
    return 0;
}
