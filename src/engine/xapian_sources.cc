/* What is asked of passages one by one: sources of postings of our own. */
#include "engine/xapian_query.hh"

namespace nqx
{

namespace
{

/* Passages of which something holds.  It says that it may be all, so that Xapian asks it last, one
 * by one of those that all the rest matches. */
class LastSource : public Xapian::PostingSource
{
  public:
    void init(const Xapian::Database &db) override
    {
        documents = db.get_doccount();
        last = db.get_lastdocid();
        at = 0;
    }
    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return documents;
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return documents;
    }
    void next(double weight) override
    {
        skip_to(at + 1, weight);
    }
    void skip_to(Xapian::docid document, double) override
    {
        for (at = document; at <= last && !holds(); at++) {
        }
    }
    bool check(Xapian::docid document, double) override
    {
        at = document;
        return holds();
    }
    bool at_end() const override
    {
        return at > last;
    }
    Xapian::docid get_docid() const override
    {
        return at;
    }

  protected:
    Xapian::doccount documents = 0;
    Xapian::docid at = 0, last = 0;

    virtual bool holds() = 0;
};

/* All of them, watched. */
class WatchSource : public LastSource
{
  public:
    explicit WatchSource(const Watch &asking) : watch(asking)
    {
    }
    PostingSource *clone() const override
    {
        return new WatchSource(watch);
    }
    Xapian::doccount get_termfreq_min() const override
    {
        return documents;
    }

  private:
    Watch watch;

    bool holds() override
    {
        watch.ask();
        return true;
    }
};

/* The passages in whose tokens phrases stand, all of them; those that are asked of hold the tokens.
 */
class PhraseSource : public LastSource
{
  public:
    PhraseSource(const std::vector<Phrase> &wanted, const Watch &asking)
        : phrases(wanted), watch(asking)
    {
        for (const Phrase &p : phrases) {
            places.emplace_back();
            for (const auto &place : p.marks)
                places.back().push_back({place.data(), place.size()});
        }
    }
    PostingSource *clone() const override
    {
        return new PhraseSource(phrases, watch);
    }
    void init(const Xapian::Database &db) override
    {
        LastSource::init(db);
        sequences = db.valuestream_begin(SLOT_SEQUENCE);
        end = db.valuestream_end(SLOT_SEQUENCE);
    }

  private:
    const std::vector<Phrase> phrases;
    std::vector<std::vector<nq_sequence_place>> places;
    Watch watch;
    Xapian::ValueIterator sequences, end;

    bool holds() override
    {
        watch.ask();
        if (sequences == end || !sequences.check(at) || sequences == end ||
            sequences.get_docid() != at)
            return false;
        string s = *sequences;
        for (size_t i = 0; i < phrases.size(); i++)
            if (!nq_sequence_holds(s.data(), s.size(), places[i].data(), places[i].size(),
                                   phrases[i].heading))
                return false;
        return true;
    }
};

} // namespace

Xapian::Query watched(const Watch &watch)
{
    return Xapian::Query((new WatchSource(watch))->release());
}

Xapian::Query phrases_query(const std::vector<Phrase> &phrases, const Watch &watch)
{
    return Xapian::Query((new PhraseSource(phrases, watch))->release());
}

} // namespace nqx
