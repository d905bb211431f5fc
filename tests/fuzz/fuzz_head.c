/* Heads of requests, as they wait in a socket: whatever is said of one is said of it again however
 * it comes in, and nothing behind it matters. */
#include "fuzz.h"
#include "serve/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_str bytes = {(const char *)data, size};
    bool whole = false, before = false;
    enum nq_problem problem = nq_head_check(bytes, &whole);
    fuzz_check(!whole || problem == NQ_PROBLEM_NONE);
    fuzz_check(problem != NQ_PROBLEM_NONE || whole || size <= NQ_HEAD_MOST);
    /* What was wrong, or whole, of a part is so of all. */
    for (size_t n = 0, step = 1 + size / 64; n < size; n += step) {
        enum nq_problem first = nq_head_check((struct nq_str){bytes.ptr, n}, &before);
        fuzz_check(!before || (whole && problem == NQ_PROBLEM_NONE));
        fuzz_check(first == NQ_PROBLEM_NONE || first == problem);
    }
    return 0;
}
