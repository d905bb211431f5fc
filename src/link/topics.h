/* Topics of a passage: what it names, and how much it is about each.
 *
 * The weight of a topic is its part in the passage: with r the rarity of a word (by the base
 * dictionary's frequency, so that it is the same whatever the archive holds), n how often it is
 * said, of which stock phrases count a tenth,
 *
 *     raw = r · (n / (n + 1) + 0.5 in the heading + 0.2 in the first 40 characters)
 *     weight = raw / sqrt(1 + sum of raw² over all words of the passage)
 *
 * Terms, organisations and titles are always topics; other words where the passage says them twice
 * or puts them in quotation marks, and they make up much of it.  A heading alone is no evidence for
 * a word: what stands in many of them and once below (开启新篇章, 央视快评) is a manner of
 * speaking.  What only says what kind of document something is (实施方案) is none.  A short name
 * that the report gave a title (以下简称《办法》) is that title from there on. */
#ifndef NQ_LINK_TOPICS_H
#define NQ_LINK_TOPICS_H

#include "base/buf.h"
#include "base/map.h"
#include "link/stock.h"
#include "text/segment.h"

/* Counts changes after which the same text has other topics. */
enum { NQ_TOPICS_VERSION = 5 };

/* A topic of a passage.  `key` is the same for all its forms, `name` how to print it; both are
 * borrowed until the next text. */
struct nq_topic_found {
    struct nq_str key, name;
    enum nq_topic_kind kind;
    double weight;
};

struct nq_topic_finder {
    const struct nq_segmenter *segmenter; /* borrowed */
    struct nq_stock stock;
    struct nq_topic_found *items; /* of the last text */
    size_t n;
    /* The text at hand. */
    struct nq_folded folded_title, folded_work;
    struct nq_topic_mention *mentions;
    size_t n_mentions;
    uint32_t *slots; /* hash table of mentions, their number plus 1 */
    struct nq_arena *arena;
    struct nq_buf key;
    /* Short names that the report gave titles so far: key -> place in full. */
    struct nq_map briefs;
    struct nq_topic_full *full;
    size_t n_full, cap_full;
};

bool nq_topic_finder_init(struct nq_topic_finder *finder, const struct nq_segmenter *segmenter);
void nq_topic_finder_finish(struct nq_topic_finder *finder);

/* Forgets what the report before called its documents. */
void nq_topics_new_report(struct nq_topic_finder *finder);

/* Finds the topics of a passage into finder->items.  `heading` is that of its section; what stands
 * in it alone is a topic where the passage `opens` the section.  `work` is the title of the cited
 * work that the passage is, else absent.  False without memory. */
bool nq_topics_find(struct nq_topic_finder *finder, const struct nq_segmented *heading, bool opens,
                    const struct nq_segmented *text, struct nq_str work);

/* The key and the kind of a title; false where it is too short to tell, or without memory (then
 * key->failed). */
bool nq_topic_of_title(struct nq_str title, struct nq_folded *scratch, struct nq_buf *key,
                       enum nq_topic_kind *kind);

#endif
