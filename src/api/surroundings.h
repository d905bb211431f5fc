/* What a passage and its section name. */
#ifndef NQ_API_SURROUNDINGS_H
#define NQ_API_SURROUNDINGS_H

#include "api/index.h"
#include "link/profile.h"
#include "store/passages.h"

/* Whether passage `id` is a reference. */
enum nq_status nq_passage_is_reference(struct nq_index *index, int64_t id, bool *is,
                                       struct nq_error *err);

/* Adds passage `id` to the profile, its section's heading, and the passages around it in the
 * section with less weight; a reference stands for itself. */
enum nq_status nq_surroundings_read(struct nq_index *index, struct nq_profile *profile, int64_t id,
                                    const struct nq_extent *extent, struct nq_error *err);

#endif
