/* What a passage mentions, on its way to topics: the table of words and titles, and how they get
 * into it.  For the files of nq_topics_find. */
#ifndef NQ_LINK_TOPIC_MENTIONS_H
#define NQ_LINK_TOPIC_MENTIONS_H

#include "link/topics.h"

enum {
    NQ_MENTION_SLOTS = 1 << 13, /* more than the words of a passage */
    NQ_MENTIONS_MOST = NQ_MENTION_SLOTS / 2,
};

/* The rarity of titles and quoted words. */
#define NQ_TITLE_RARITY 0.9

/* A word or title of the passage at hand. */
struct nq_topic_mention {
    uint64_t hash;
    struct nq_str printed, key; /* key: absent where it is what folding makes of `printed` */
    double count, rarity;
    enum nq_topic_kind kind; /* 0: a word that tells nothing */
    bool heading, body, lead, quoted;
    uint32_t slot;
};

/* A title that has a short name in the report at hand. */
struct nq_topic_full {
    struct nq_str key, name;
    enum nq_topic_kind kind;
};

/* Where in a passage something stands. */
struct nq_topic_place {
    struct nq_str text;
    const struct nq_folded *folded;
    bool heading;
};

/* What is printed at the folded characters [first, last). */
struct nq_str nq_topic_printed(const struct nq_topic_place *p, size_t first, size_t last);

uint64_t nq_topic_hash(struct nq_str key);

/* The mention with this hash, made where there is none; NULL where there are too many. */
struct nq_topic_mention *nq_topic_mention(struct nq_topic_finder *f, uint64_t hash);
void nq_topic_mentions_clear(struct nq_topic_finder *f);

/* Counts an occurrence; in a stock phrase it counts little.  False without memory. */
bool nq_topic_count(struct nq_topic_finder *f, struct nq_topic_mention *m,
                    const struct nq_topic_place *p, size_t first, size_t last, bool may_be_stock);

/* Puts the folded characters [first, last) into f->key; false without memory. */
bool nq_topic_write_key(struct nq_topic_finder *f, const struct nq_folded *text, size_t first,
                        size_t last);

/* Adds the words, quoted words and titles of the heading or the text. */
bool nq_topic_add_words(struct nq_topic_finder *f, const struct nq_segmented *s, bool heading);

/* Adds the title at the folded characters [first, last). */
bool nq_topic_add_title(struct nq_topic_finder *f, const struct nq_topic_place *p, size_t first,
                        size_t last);

/* Whether a title is one of a policy document, by what it ends with. */
bool nq_topic_is_document(struct nq_str title);

/* Whether a document's title is no more than what kind of document it is: 若干措施, 实施办法. */
bool nq_topic_is_generic(struct nq_str key);

/* Remembers the short names that `text` introduces for titles. */
bool nq_topic_read_briefs(struct nq_topic_finder *f, struct nq_str text);

#endif
