/* One search: matches, counted exactly or by a sample, and the best of them. */
#include "engine/xapian_query.hh"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>

namespace nqx
{

void hits_finish(nq_xapian_hits *hits)
{
    free(hits->items);
    free(hits->listed);
    free(hits->days);
    free(hits->sources);
    *hits = {};
}

namespace
{

enum {
    EXACT = 2000,        /* matches up to here are all counted */
    SAMPLED = 2000,      /* at most, where there may be more */
    LEAST_SAMPLED = 250, /* less says too little: then the sample is a larger one */
    AFFORDABLE = 1000,   /* matches that the best are looked for among */
};

class Keep : public Xapian::MatchDecider
{
  public:
    explicit Keep(const nq_xapian_query *query) : q(query)
    {
    }
    bool operator()(const Xapian::Document &document) const override
    {
        return q->keep(q->user, document.get_docid());
    }

  private:
    const nq_xapian_query *q;
};

/* The values that a spy has counted. */
nq_xapian_count *take_counts(Xapian::ValueCountMatchSpy &spy, bool days, uint64_t times, size_t *n)
{
    std::vector<std::pair<string, Xapian::doccount>> values;
    size_t bytes = 0;
    for (auto v = spy.values_begin(); v != spy.values_end(); ++v) {
        values.emplace_back(*v, v.get_termfreq());
        bytes += values.back().first.size();
    }
    size_t rows = values.size() * sizeof(nq_xapian_count);
    nq_xapian_count *counts = (nq_xapian_count *)calloc(1, rows + bytes + 1);
    if (!counts)
        throw std::bad_alloc();
    char *names = (char *)counts + rows;
    for (size_t i = 0; i < values.size(); i++) {
        counts[i].n = times * values[i].second;
        if (days) {
            counts[i].day = value_day(values[i].first);
            continue;
        }
        counts[i].name = {names, values[i].first.size()};
        memcpy(names, values[i].first.data(), values[i].first.size());
        names += values[i].first.size();
    }
    *n = values.size();
    return counts;
}

/* How many passages hold each unit, of the statistics that the match was made with. */
void take_frequencies(nq_xapian_query *q, const Xapian::MSet &found, double passages)
{
    for (size_t i = 0; i < q->n_units; i++) {
        nq_xapian_unit &u = q->units[i];
        double n = found.get_termfreq(make_term(u.prefix, u.token));
        if (u.synonym.len > 0)
            n += found.get_termfreq(make_term(u.prefix, u.synonym));
        u.passages = std::min(n, passages);
    }
}

class List : public Xapian::MatchSpy
{
  public:
    std::vector<int64_t> ids;
    void operator()(const Xapian::Document &document, double) override
    {
        ids.push_back(document.get_docid());
    }
};

/* One search, of one or more matches. */
class Search
{
  public:
    Search(nq_xapian_reader *reader, nq_xapian_query *query, nq_xapian_hits *hits)
        : r(reader), q(query), out(hits), keep(query), documents(reader->all.get_doccount()),
          most((Xapian::doccount)std::min<size_t>(query->most, documents))
    {
    }

    void run()
    {
        whole = whole_query(r, q, true);
        Xapian::MSet found = q->count ? count_and_find() : find(whole, q->counted);
        out->items = (nq_xapian_hit *)calloc(found.size() + 1, sizeof *out->items);
        if (!out->items)
            throw std::bad_alloc();
        for (auto m = found.begin(); m != found.end(); ++m)
            out->items[out->n++] = {r->id_of(*m), m.get_weight()};
        take_frequencies(q, found, documents);
    }

  private:
    nq_xapian_reader *r;
    nq_xapian_query *q;
    nq_xapian_hits *out;
    Keep keep;
    Xapian::doccount documents, most;
    Xapian::Query whole;

    /* The best that match, of which so many are counted. */
    Xapian::MSet find(const Xapian::Query &query, size_t counted)
    {
        Xapian::Enquire enquire(r->all);
        prepare(enquire, query);
        Xapian::doccount checked = (Xapian::doccount)std::min<size_t>(counted, documents);
        Xapian::MSet found = enquire.get_mset(0, most, checked, nullptr, q->keep ? &keep : nullptr);
        out->total = found.get_matches_estimated();
        out->total_is_exact = found.get_matches_lower_bound() == found.get_matches_upper_bound();
        return found;
    }

    void prepare(Xapian::Enquire &enquire, const Xapian::Query &query)
    {
        enquire.set_query(query);
        enquire.set_weighting_scheme(Xapian::BM25Weight(bm25_k1, 0, 0, bm25_b, 0));
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        if (q->by_day)
            enquire.set_sort_by_value_then_relevance(SLOT_DAY, true);
    }

    /* Counts everything that matches and gives the best `n`; each counts `times`. */
    Xapian::MSet count(const Xapian::Query &query, Xapian::doccount n, uint64_t times)
    {
        Xapian::Enquire enquire(r->all);
        Xapian::ValueCountMatchSpy days(SLOT_DAY), kinds(SLOT_KIND), sources(SLOT_SOURCE);
        List list;
        prepare(enquire, query);
        if (times > 1)
            enquire.set_weighting_scheme(Xapian::BoolWeight());
        if (q->facets && q->list) {
            enquire.add_matchspy(&list);
        } else if (q->facets) {
            enquire.add_matchspy(&days);
            enquire.add_matchspy(&kinds);
            enquire.add_matchspy(&sources);
        }
        Xapian::MSet found = enquire.get_mset(0, n, documents, nullptr, q->keep ? &keep : nullptr);
        hits_finish(out);
        out->total = times * found.get_matches_estimated();
        out->total_is_exact = times == 1;
        out->times = times;
        if (q->facets && q->list) {
            take_list(list.ids);
        } else if (q->facets) {
            out->days = take_counts(days, true, times, &out->n_days);
            out->sources = take_counts(sources, false, times, &out->n_sources);
            for (auto v = kinds.values_begin(); v != kinds.values_end(); ++v)
                (*v == "2" ? out->n_reference : out->n_report) += times * v.get_termfreq();
        }
        return found;
    }

    void take_list(const std::vector<int64_t> &ids)
    {
        out->listed = (int64_t *)calloc(ids.size() + 1, sizeof *out->listed);
        if (!out->listed)
            throw std::bad_alloc();
        std::copy(ids.begin(), ids.end(), out->listed);
        out->n_listed = ids.size();
    }

    /* Few matches are counted while the best are found; of many a sample is counted, the larger the
     * less it finds, and the best are looked for where they must be. */
    Xapian::MSet count_and_find()
    {
        Xapian::Enquire enquire(r->all);
        enquire.set_query(whole);
        Xapian::doccount upper =
            enquire.get_mset(0, 0, (Xapian::doccount)0).get_matches_upper_bound();
        int level = 0;
        while (r->current && upper > EXACT && level < SAMPLES && upper >> level > SAMPLED)
            level++;
        Xapian::Query matching = level > 0 ? whole_query(r, q, false) : Xapian::Query();
        for (; level > 0 && most < upper; level--) {
            using Q = Xapian::Query;
            count(Q(Q::OP_FILTER, matching, Q(sample_term(level))), 1, (uint64_t)1 << level);
            bool says_much = out->total >> level >= LEAST_SAMPLED;
            if (says_much && out->total > EXACT)
                return find_best();
            if (says_much || out->total <= EXACT / 2)
                break;
        }
        return count(whole, most, 1);
    }

    /* The best of many: all of one phrase are dense, if enough are; of several phrases, where
     * enough of these are. */
    Xapian::MSet find_best()
    {
        uint64_t total = out->total;
        std::vector<Attempt> attempts = attempts_at(total);
        Xapian::MSet found;
        for (size_t i = 0; i < attempts.size() && found.size() < most; i++)
            found = find(whole_query(r, q, true, attempts[i].density), 0);
        if (found.size() < most)
            found = find(whole, 0);
        out->total = total;
        out->total_is_exact = false;
        return found;
    }

    /* Which to look among for the best. */
    struct Attempt {
        Density density;
        double expected; /* how many these are */
        size_t rank;     /* the lower, the fewer others have as much of all phrases together */

        bool operator<(const Attempt &a) const
        {
            bool much = expected > AFFORDABLE, a_much = a.expected > AFFORDABLE;
            if (much != a_much)
                return a_much;
            return rank == a.rank || much ? expected < a.expected : rank < a.rank;
        }
    };

    /* Those that promise enough, in order.  Nothing else has more of a single phrase, so the
     * fewest will do; of several as many as can be are to be dense, rather than one of them very.
     */
    std::vector<Attempt> attempts_at(uint64_t total)
    {
        const size_t kinds = sizeof dense / sizeof *dense;
        std::vector<Attempt> attempts;
        for (size_t k = 0; k < kinds && !q->by_day; k++) {
            size_t n = 0;
            whole_query(r, q, false, {dense[k].prefix, 1}, &n);
            for (size_t least = 1; least <= n; least++) {
                if (least > MOST_JOINED && least < n)
                    continue;
                size_t joined = least < n ? std::min<size_t>(n, MOST_JOINED) : n;
                double expected = (double)total * share_of(joined, least, 1.0 / dense[k].share);
                Density density = {dense[k].prefix, least < n ? least : 0};
                if (expected >= most)
                    attempts.push_back({density, expected, n > 1 ? k * n + n - least : 0});
            }
        }
        std::sort(attempts.begin(), attempts.end());
        return attempts;
    }

    /* The share of what has `least` and more of `n` things that each has by chance. */
    static double share_of(size_t n, size_t least, double chance)
    {
        double share = 0, ways = 1;
        for (size_t k = 0; k <= n; k++) {
            if (k >= least)
                share += ways * pow(chance, (double)k) * pow(1 - chance, (double)(n - k));
            ways = ways * (double)(n - k) / (double)(k + 1);
        }
        return share;
    }
};

} // namespace

nq_status search(nq_xapian_reader *r, nq_xapian_query *q, nq_xapian_hits *out, nq_error *err)
{
    *out = {};
    nq_status status = reading(r, err, [&] {
        hits_finish(out);
        Search(r, q, out).run();
    });
    if (status != NQ_OK)
        hits_finish(out);
    return status;
}

} // namespace nqx
