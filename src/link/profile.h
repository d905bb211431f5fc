/* Profiles: what a text is about, as the words, terms, organisations and documents that it names,
 * each with how often. */
#ifndef NQ_LINK_PROFILE_H
#define NQ_LINK_PROFILE_H

#include "base/buf.h"
#include "base/map.h"
#include "text/segment.h"

/* One thing that a text names.  `text` is as printed where it was first met; `key` is the same for
 * all forms of one thing (发改委, 国家发展改革委).  Both live as long as the profile. */
struct nq_feature {
    struct nq_str text, key;
    enum nq_shared_kind kind;
    double count;  /* occurrences, each as heavy as the text it stands in */
    double rarity; /* 0 at first: set by who knows the archive */
};

/* Zeroed is empty. */
struct nq_profile {
    struct nq_feature *features;
    size_t n, cap;
    double length;       /* occurrences of all features */
    struct nq_map index; /* key -> place in features */
    /* Scratch. */
    struct nq_folded folded;
    struct nq_word_buf words;
    struct nq_buf key;
};

/* The form by which all forms of a thing are known (发改委: 国家发展和改革委员会); `word` itself
 * where it has no other. */
struct nq_str nq_profile_common_form(struct nq_str word);

/* Adds what `text` names: words of two characters and more, Latin words, and titles in 《》; no
 * numbers.  An occurrence counts `weight`.  False without memory. */
bool nq_profile_add(struct nq_profile *profile, const struct nq_segmenter *segmenter,
                    struct nq_str text, double weight);

/* The feature with this key, or NULL. */
const struct nq_feature *nq_profile_find(const struct nq_profile *profile, struct nq_str key);

/* Forgets all features, but keeps memory for the next text. */
void nq_profile_clear(struct nq_profile *profile);
void nq_profile_finish(struct nq_profile *profile);

#endif
