/* Folding and tokens: ranges ascend within the text, tokens are never empty. */
#include "text/tokens.h"

#include <libstemmer.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_tokens tokens = {0};
    struct sb_stemmer *stemmer = sb_stemmer_new("english", "UTF_8");
    struct nq_str text = {(const char *)data, size};
    if (!nq_tokens_build(text, stemmer, &tokens))
        abort();
    size_t at = 0, positions = 0;
    for (size_t i = 0; i < tokens.atoms.n; i++) {
        const struct nq_atom *atom = &tokens.atoms.items[i];
        if (atom->start < at || atom->end <= atom->start || atom->end > size || atom->len == 0)
            abort(); /* atoms of one printed character, ㎡ say, share its range */
        at = atom->start;
    }
    for (size_t i = 0; i < tokens.n; i++) {
        if (tokens.items[i].text.len == 0)
            abort();
        positions += !tokens.items[i].colocated;
    }
    if (positions != tokens.atoms.n)
        abort();
    nq_tokens_finish(&tokens);
    sb_stemmer_delete(stemmer);
    return 0;
}
