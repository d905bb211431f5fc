/* What the makers of Xapian's queries share: expressions, and what is asked of passages one by one.
 */
#ifndef NQ_ENGINE_XAPIAN_QUERY_HH
#define NQ_ENGINE_XAPIAN_QUERY_HH

#include "engine/xapian_module.hh"

namespace nqx
{

/* Asks now and then whether a search is to go on. */
class Watch
{
  public:
    explicit Watch(const nq_xapian_query *query) : q(query)
    {
    }
    void ask()
    {
        enum { ASK_EVERY = 64 };
        if (q->go_on && n++ % ASK_EVERY == 0 && !q->go_on(q->user))
            throw Stopped();
    }

  private:
    const nq_xapian_query *q;
    size_t n = 0;
};

/* All passages, watched; to be asked last. */
Xapian::Query watched(const Watch &watch);

/* A phrase: the marks of what may stand at each place. */
struct Phrase {
    std::vector<std::vector<uint32_t>> marks;
    bool heading;
};

/* The passages in whose tokens phrases stand, all of them; those that are asked of hold the tokens.
 */
Xapian::Query phrases_query(const std::vector<Phrase> &phrases, const Watch &watch);

/* Of dense parts so many are joined in all ways, or all of them. */
enum { MOST_JOINED = 6 };

/* What an expression of engine/compile.h asks for. */
struct Expressed {
    Xapian::Query query;
    std::vector<Xapian::Query> dense; /* where each of what must match is dense */
};

Expressed express(nq_str expression, const nq_xapian_reader *r, const Watch &watch, bool scored,
                  const Density &density = {});

} // namespace nqx

#endif
