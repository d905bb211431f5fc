/* What a search asks of Xapian, put together: what is to match, filters, sources. */
#include "engine/xapian_query.hh"

#include <algorithm>

namespace nqx
{

namespace
{

Xapian::Query days_between(int32_t from, int32_t to)
{
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, SLOT_DAY,
                         day_value(from + (from == NQ_NO_DAY)),
                         day_value(to == NQ_NO_DAY ? INT32_MAX : to));
}

Xapian::Query add_filter(Xapian::Query q, const nq_filter *f)
{
    using Q = Xapian::Query;
    if (f->kinds == NQ_KIND_REPORT || f->kinds == NQ_KIND_REFERENCE) {
        string kind(1, (char)('0' + f->kinds));
        q = Q(Q::OP_FILTER, q, Q(Q::OP_VALUE_RANGE, SLOT_KIND, kind, kind));
    }
    if (f->from != NQ_NO_DAY || f->to != NQ_NO_DAY)
        q = Q(Q::OP_FILTER, q, days_between(f->from, f->to));
    for (size_t i = 0; i < f->n_excluded; i++)
        q = Q(Q::OP_AND_NOT, q, days_between(f->excluded[i].from, f->excluded[i].to));
    return q;
}

Xapian::Query add_sources(Xapian::Query q, const nq_xapian_sources *sources, size_t n)
{
    using Q = Xapian::Query;
    for (size_t i = 0; i < n; i++) {
        std::vector<Q> names;
        for (size_t k = 0; k < sources[i].n; k++)
            names.emplace_back(make_term(NQ_XAPIAN_SOURCE, sources[i].names[k]));
        q = Q(sources[i].negated ? Q::OP_AND_NOT : Q::OP_FILTER, q,
              Q(Q::OP_OR, names.begin(), names.end()));
    }
    return q;
}

Xapian::Query units_query(const nq_xapian_reader *r, const nq_xapian_query *q)
{
    using Q = Xapian::Query;
    std::vector<Q> any;
    for (size_t i = 0; i < q->n_units; i++) {
        const nq_xapian_unit &u = q->units[i];
        Q unit(make_term(u.prefix, u.token));
        bool both = u.synonym.len > 0 && r->all.term_exists(make_term(u.prefix, u.synonym));
        if (both)
            unit = Q(Q::OP_SYNONYM, unit, Q(make_term(u.prefix, u.synonym)));
        any.push_back(u.weight == 1 ? unit : Q(Q::OP_SCALE_WEIGHT, unit, u.weight));
    }
    return Q(Q::OP_OR, any.begin(), any.end());
}

/* Where so many of them match at least.  Of very many just some are looked at, as they are joined
 * in all ways. */
Xapian::Query some_of(std::vector<Xapian::Query> parts, size_t least)
{
    using Q = Xapian::Query;
    std::vector<Q> any;
    parts.resize(std::min<size_t>(parts.size(), MOST_JOINED));
    for (unsigned set = 0; set < 1u << parts.size(); set++) {
        std::vector<Q> all;
        for (size_t i = 0; i < parts.size(); i++)
            if (set >> i & 1)
                all.push_back(parts[i]);
        if (all.size() == least)
            any.emplace_back(Q::OP_AND, all.begin(), all.end());
    }
    return Q(Q::OP_OR, any.begin(), any.end());
}

} // namespace

Xapian::Query whole_query(nq_xapian_reader *r, const nq_xapian_query *q, bool scored,
                          const Density &density, size_t *n)
{
    using Q = Xapian::Query;
    Q query;
    Watch watch(q);
    if (q->match.len > 0) {
        Expressed e = express(q->match, r, watch, scored, density);
        query = density.least ? Q(Q::OP_FILTER, e.query, some_of(e.dense, density.least)) : e.query;
        if (n)
            *n = e.dense.size();
    } else if (q->n_units > 0) {
        query = units_query(r, q);
    } else {
        query = Q::MatchAll;
    }
    if (q->must.len > 0)
        query = Q(Q::OP_FILTER, query, express(q->must, r, watch, false).query);
    if (q->excluded.len > 0)
        query = Q(Q::OP_AND_NOT, query, express(q->excluded, r, watch, false).query);
    if (q->filter)
        query = add_filter(query, q->filter);
    query = add_sources(query, q->sources, q->n_sources);
    return q->go_on && r->here ? Q(Q::OP_FILTER, query, watched(watch)) : query;
}

} // namespace nqx
