/* nqsearch: full-text search over archives of Chinese policy reports.
 *
 * This is the whole public interface of libnqsearch.  An index is one SQLite file; a program opens
 * it, adds files to it or asks it questions, and closes it.  Everything is a plain call: the
 * library keeps no global state, starts no thread, reads no environment, prints nothing and asks no
 * clock.  To read a PDF file it runs poppler's pdftotext as a child process and waits for its end.
 *
 * Conventions
 *
 * - What can fail returns an enum nq_status and takes a `struct nq_error *` last, which may be
 * NULL. Outputs are written only on success.  The message is one line in the language of the
 * current locale, meant for the person at the keyboard.
 * - Text is UTF-8 in slices (struct nq_str): a pointer and a length in bytes, not NUL-terminated
 *   unless a comment says so.  A slice of length 0 may have any pointer; "absent" is `ptr == NULL`.
 * - Offsets are bytes, ranges are half-open [start, end).
 * - A day is the number of days since 1970-01-01 in the proleptic Gregorian calendar.
 *   NQ_NO_DAY means that there is none.
 * - A result owns all that its fields point to; it lives until its own destroy function is called,
 *   also after the index is closed.  Destroy functions accept NULL.
 * - One handle is used by one thread at a time; several handles on one file are fine, in any number
 *   of threads and processes, one of them writing.
 *
 * A program that asks one question:
 *
 *     struct nq_index *index = NULL;
 *     struct nq_results *results = NULL;
 *     struct nq_error err = {0};
 *     struct nq_search_params params = {.query = {query, strlen(query)}, .limit = 10};
 *     if (nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err) == NQ_OK &&
 *         nq_search(index, &params, &results, &err) == NQ_OK)
 *         for (size_t i = 0; i < results->n_hits; i++)
 *             puts(results->hits[i].report.title.ptr);
 *     else
 *         fprintf(stderr, "%s\n", err.message);
 *     nq_results_destroy(results);
 *     nq_index_close(index);
 *
 * Every slice of a result has a NUL behind it, so it may be used as a C string, too.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef NQSEARCH_H
#define NQSEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library's version, "major.minor.patch". */
const char *nq_version(void);

/* ---- text, days, errors ------------------------------------------------------------------- */

/* A slice of UTF-8 text: `len` bytes at `ptr`. */
struct nq_str {
    const char *ptr;
    size_t len;
};

#define NQ_NO_DAY INT32_MIN

/* Writes `day` as an ISO 8601 date, "2026-06-17", with its NUL, and returns `out`.  NQ_NO_DAY gives
 * the empty string.  Days outside the years 1 to 9999 count as NQ_NO_DAY. */
char *nq_day_format(int32_t day, char out[11]);

/* Reads "2026-06-17", "2026-06" or "2026" into the first and the last day it means, also as people
 * type it: "2026-6-17", "2026/6/17", "2026.6.17", "2026年6月17日", "2026年6月".  False, and nothing
 * written, for anything else, dates that no calendar has (2026-02-30) included. */
bool nq_day_parse(struct nq_str text, int32_t *first, int32_t *last);

/* Why a call failed.  A caller acts on the status and shows the message. */
enum nq_status {
    NQ_OK = 0,
    NQ_ERR_USAGE,   /* an argument or a query that means nothing; see nq_error.column */
    NQ_ERR_INPUT,   /* the content of a file: not a report, not UTF-8, a bad line */
    NQ_ERR_IO,      /* the operating system said no: rights, missing file, failing disk */
    NQ_ERR_NOINDEX, /* there is no index at this path */
    NQ_ERR_CORRUPT, /* the file is no index, or a damaged one */
    NQ_ERR_VERSION, /* the index was made by a newer nqsearch */
    NQ_ERR_BUSY,    /* another process is writing to the index */
    NQ_ERR_FULL,    /* the disk or the index is full */
    NQ_ERR_NOMEM,   /* no memory */
    NQ_ERR_STOPPED, /* a callback asked to stop */
};

/* The first error of a call; on the caller's stack.  `message` is one line without a newline.
 * `column` is the code point of the query at which parsing failed, from 0; -1 where it means
 * nothing. */
struct nq_error {
    enum nq_status status;
    int column;
    char message[500];
};

/* ---- the index ------------------------------------------------------------------------------ */

/* An open index. */
struct nq_index;

enum nq_open_mode {
    NQ_OPEN_READ,  /* for questions; the file must exist; never writes to it */
    NQ_OPEN_WRITE, /* for nq_index_update and the like; made where it does not exist */
};

/* Opens the index at `path` and stores it in `*out`; the caller closes it.
 * `user_dictionary` is the path of a dictionary in the form of dicts/terms.tsv whose words are
 * added to the built-in ones and win over them, or NULL.
 * Errors: NOINDEX, CORRUPT, VERSION, BUSY, IO, FULL, NOMEM; INPUT for a bad user dictionary (with
 * its line). */
enum nq_status nq_index_open(const char *path, enum nq_open_mode mode, const char *user_dictionary,
                             struct nq_index **out, struct nq_error *err);

/* What an index is made for.  A zeroed struct but for `engine` is one of that engine. */
struct nq_index_kind {
    const char *engine; /* "fts5": all in one file; "xapian": Xapian databases beside it */
    /* So many Xapian databases, each with part of the reports and their text, so that it can be
     * served from another machine; 0: one, without the text. */
    unsigned shards;
    /* Shards of an index made elsewhere, folders or HOST:PORT of an xapian-tcpsrv: the index holds
     * nothing itself. */
    const char *const *places;
    size_t n_places;
};

/* Makes an empty index at `path`.  One that is there already must be of that kind, or have never
 * held anything. Errors: USAGE for another or unknown kind, VERSION where this library has no such
 * engine, and those of nq_index_open. */
enum nq_status nq_index_create(const char *path, const struct nq_index_kind *kind,
                               struct nq_error *err);

/* Closes an index.  A writer leaves no write-ahead log behind. */
void nq_index_close(struct nq_index *index);

/* Stores a number that tells what the index answers from: another one after every change, the same
 * in every process and for every handle.  Errors: CORRUPT, IO, NOMEM. */
enum nq_status nq_index_identity(struct nq_index *index, uint64_t *out, struct nq_error *err);

/* Whether this handle no longer reads what stands at its path: the index was replaced or removed,
 * or has changed while this process may not write beside it (only then can a reader not follow).
 * Who holds a handle for long asks before each question, and closes and opens it anew. */
bool nq_index_stale(struct nq_index *index);

/* Has `stop` asked time and again whether anybody still waits for the question that this
 * handle is answering (search, passage, related, topics, suggestions, sources, discovery, timeline,
 * check, conflicts, statistics, report): true ends it with STOPPED, and the handle is as good as
 * before.  A program with a clock puts a limit to the time of an answer so.  `stop` is called by
 * the thread that asked and must not use the handle.  It stays until another is set; NULL: nobody
 * is asked, as at first.  Of a handle that was opened to write nobody is asked ever. */
void nq_index_set_stop(struct nq_index *index, bool (*stop)(void *user), void *user);

/* How far nq_index_update has come.  `path` is the file at hand, NUL-terminated. */
struct nq_progress {
    const char *path;
    uint64_t files_done, files_total;
    uint64_t bytes_done, bytes_total;
};

/* How nq_index_update works.  A zeroed struct is the default. */
struct nq_update_options {
    bool prune;  /* forget files below the paths that are gone, or paths that are gone themselves */
    bool reread; /* read files again though they have not changed */
    /* Looks at these files and folders alone: absolute paths at or below the named ones, as
     * realpath gives them.  One that does not exist is what `prune` forgets.  NULL: everything. */
    const char *const *only;
    size_t n_only;
    /* Called before every file and at the end.  Returning false stops the run after the file that
     * is being written; what is done stays.  NULL: no calls. */
    bool (*progress)(void *user, const struct nq_progress *at);
    /* Called with one line for everything that was skipped or repaired, with path and line;
     * `failed` says that the file or record was not indexed.  NULL: no calls. */
    void (*warning)(void *user, bool failed, const char *message);
    void *user;
    /* Of nq_index_rebuild: what to make.  NULL: what the index was. */
    const struct nq_index_kind *kind;
};

/* What nq_index_update did. */
struct nq_summary {
    uint64_t files_read, files_unchanged, files_replaced, files_removed, files_failed;
    uint64_t files_moved;    /* known under another path, which is gone */
    uint64_t files_copied;   /* with the content of another file, whose report they share */
    uint64_t records_failed; /* lines of JSONL files that were no document */
    uint64_t reports, passages, bytes;
};

/* Reads the files named by `paths`, folders recursively, into the index: new files are added,
 * changed ones replaced, unchanged ones skipped; each file in one transaction.  A file that cannot
 * be read is reported through `options->warning`, counted in `files_failed` and does not stop the
 * run; what the index held of it stays.
 * Errors: IO for a path that does not exist (nothing is read then), BUSY, FULL, CORRUPT, NOMEM,
 * STOPPED.  `summary` may be NULL; it is filled on every return. */
enum nq_status nq_index_update(struct nq_index *index, const char *const *paths, size_t n_paths,
                               const struct nq_update_options *options, struct nq_summary *summary,
                               struct nq_error *err);

/* Makes a new index of `paths` beside `path` and puts it in place of the old one when it is whole.
 * Readers of the old one go on undisturbed.  On any error the old index stays. */
enum nq_status nq_index_rebuild(const char *path, const char *user_dictionary,
                                const char *const *paths, size_t n_paths,
                                const struct nq_update_options *options, struct nq_summary *summary,
                                struct nq_error *err);

/* Merges the index into its smallest and fastest form. */
enum nq_status nq_index_optimize(struct nq_index *index, struct nq_error *err);

/* Copies the index, as it is at this moment, to `path`, which appears only when it is whole.  Other
 * processes may read and write meanwhile. */
enum nq_status nq_index_backup(struct nq_index *index, const char *path, struct nq_error *err);

/* The same for another kind of index; the files that it was made of are not needed.  `kind` names
 * no places. */
enum nq_status nq_index_copy(struct nq_index *index, const char *path,
                             const struct nq_index_kind *kind, struct nq_error *err);

/* Checks every layer of the index: the file, the tables' references to one another, and that both
 * text indexes hold exactly the tokens of the stored text.  Calls `problem` with one line for each
 * defect and stores their number; a defect is no error of the call. */
enum nq_status nq_index_verify(struct nq_index *index,
                               void (*problem)(void *user, const char *message), void *user,
                               uint64_t *n_problems, struct nq_error *err);

/* How much falls in one month. */
struct nq_month_count {
    int32_t first_day; /* first day of the month; NQ_NO_DAY for what has no date */
    uint64_t count;
};

/* Days on which a series did not appear though it should have: `days` of them, from `first` to
 * `last` (a series of workdays does not count the weekend between). */
struct nq_gap {
    int32_t first, last, days;
};

/* Reports that belong together: files of one folder that are named alike, or have the same title or
 * publisher; records of one file and source.  `name` says what they share, '#' standing for digits.
 */
struct nq_series {
    struct nq_str name;
    uint64_t reports;
    int32_t first_day, last_day;
    int per_week;              /* weekdays on which it appears: 7 daily, 5 workdays; 0: no rhythm */
    const struct nq_gap *gaps; /* in order; none without a rhythm */
    size_t n_gaps;
    uint64_t n_missing; /* days of all gaps */
};

/* What is odd about a report: to be looked at, not necessarily wrong. */
enum nq_oddity {
    NQ_ODD_EMPTY,        /* no text */
    NQ_ODD_SHORT,        /* far less text than its series has */
    NQ_ODD_UNDATED,      /* no date */
    NQ_ODD_UNREFERENCED, /* a file that cites nothing */
    NQ_ODD_SAME_DATE,    /* the date of another report of its series */
    NQ_N_ODDITIES
};

struct nq_odd_report {
    struct nq_str path, key, title;
    int32_t day;
    uint64_t characters; /* of its text */
};

/* What an index holds. */
struct nq_stats {
    uint64_t files, reports, references, sections, passages;
    uint64_t copies;       /* files whose content another file has, too */
    uint64_t revisions;    /* earlier texts of reports */
    uint64_t text_bytes;   /* of passages and headings */
    uint64_t index_bytes;  /* of the file */
    uint64_t undated;      /* reports without a date */
    uint64_t stale_words;  /* passages whose words another dictionary made */
    uint64_t stale_topics; /* passages whose topics another dictionary found */
    int32_t first_day, last_day;
    const struct nq_month_count *months; /* reports by month, in order of time */
    size_t n_months;
    const struct nq_series *series; /* in the order of names */
    size_t n_series;
    struct {
        const struct nq_odd_report *reports; /* in the order of paths, same dates by date */
        size_t n;
    } odd[NQ_N_ODDITIES];
};

/* Counts what the index holds; the caller destroys `*out`.  It walks whole tables: for looking
 * after an index, not for every page of a site. */
enum nq_status nq_index_stats(struct nq_index *index, struct nq_stats **out, struct nq_error *err);
void nq_stats_destroy(struct nq_stats *stats);

/* ---- search -----------------------------------------------------------------------------------
 */

/* What a passage is part of; also what a search may be limited to. */
enum nq_kind {
    NQ_KIND_REPORT = 1,
    NQ_KIND_REFERENCE = 2,
    NQ_KIND_ALL = NQ_KIND_REPORT | NQ_KIND_REFERENCE,
};

/* Reads "report", "reference" or "all", in Chinese 报告, 参考文献 (文献) or 全部.  False, and
 * nothing written, for anything else. */
bool nq_kind_parse(struct nq_str text, enum nq_kind *out);

/* The order of hits of one tier. */
enum nq_sort {
    NQ_SORT_RELEVANCE,
    NQ_SORT_DATE, /* the newest first */
};

/* How strictly a hit matches the query.  Exact hits stand before all others; those that hold all
 * words and those that hold some are ranked by score alone. */
enum nq_tier {
    NQ_TIER_EXACT,   /* every term as typed */
    NQ_TIER_WORDS,   /* every word of the query */
    NQ_TIER_PARTIAL, /* some of it */
    NQ_TIER_SYNONYM, /* every term, some by another name of the same thing; stands before partial */
};

/* A question.  A zeroed struct with `query` and `limit` set is the default.
 * The language of `query` is described in nqsearch(1). */
struct nq_search_params {
    struct nq_str query;
    size_t offset, limit;
    bool bounded;       /* whether `from` and `to` are to be looked at */
    int32_t from, to;   /* days, both included; NQ_NO_DAY: open */
    enum nq_kind kinds; /* 0: all */
    enum nq_sort sort;
    bool exact;   /* only what holds every term as typed: no other names, no partial matches */
    bool explain; /* fill in nq_results.explanation */
    bool facets;  /* fill in nq_results.months, sources and kinds */
    bool topics;  /* fill in nq_hit.topics */
    bool correct; /* fill in nq_results.did_you_mean where at most two passages hold all that is
                     asked for; takes some milliseconds then */
};

/* One piece of a snippet. */
struct nq_fragment {
    struct nq_str text;
    bool match;
};

/* The report that a hit stands in. */
struct nq_report_ref {
    int64_t id;
    struct nq_str key, title, path, url, publisher;
    int32_t day;
};

/* A cited work.  `date` is as printed but in ISO form, with the precision of the print: "2026-06".
 */
struct nq_reference {
    struct nq_str source, title, date, purpose, raw;
    int32_t day, day_end; /* first and last day of `date`; equal for one day */
    uint32_t page;        /* of a PDF that it stands on, from 1; 0: not known */
    int64_t passage;      /* of a stored report: its id (nq_hit.passage); else 0 */
};

/* What a topic is. */
enum nq_topic_kind {
    NQ_TOPIC_TERM = 1,         /* of the domain dictionary or the user's */
    NQ_TOPIC_ORGANISATION = 2, /* of the dictionary of organisations */
    NQ_TOPIC_DOCUMENT = 4,     /* a policy document, named in 《》 */
    NQ_TOPIC_WORK = 8,         /* any other title: what is cited, articles, programmes */
    NQ_TOPIC_WORD = 16,        /* a word that the archive itself turns out to use */
    NQ_TOPIC_ALL = 31,
};

/* A topic of a passage, and how much the passage is about it, from 0 to 1. */
struct nq_hit_topic {
    struct nq_str name; /* the same for all printings of a title */
    enum nq_topic_kind kind;
    double weight;
};

/* What two passages share. */
enum nq_shared_kind {
    NQ_SHARED_DOCUMENT,     /* a title in 《》 */
    NQ_SHARED_ORGANISATION, /* a name from the dictionary of organisations, in any of its forms */
    NQ_SHARED_TERM,         /* a term of the domain dictionary or the user's */
    NQ_SHARED_WORD,
};

struct nq_shared {
    enum nq_shared_kind kind;
    struct nq_str text; /* as the passage that was asked about prints it */
};

/* One passage found.  `section_number` and `section_heading` are absent where it stands in none;
 * `reference` is NULL unless `kind` is NQ_KIND_REFERENCE. */
struct nq_hit {
    int64_t passage;
    double score;
    enum nq_kind kind;
    enum nq_tier tier;
    int32_t day;
    struct nq_report_ref report;
    struct nq_str section_number, section_heading;
    const struct nq_reference *reference;
    const struct nq_report_ref *work; /* the cited work's full text, where the index holds it */
    uint32_t page;                    /* of a PDF that it begins on, from 1; 0: not known */
    const struct nq_fragment
        *heading; /* the heading, or where there is none the title, with marks */
    size_t n_heading;
    const struct nq_fragment *snippet;
    size_t n_snippet;
    struct nq_str text;
    const struct nq_hit_topic *topics; /* what it names, the weightiest first */
    size_t n_topics;
    const struct nq_shared *why; /* of nq_related: what it shares, the weightiest first */
    size_t n_why;
    /* First and last day of the event whose statement holds the first match of the snippet, with
     * event: in the query of one of those asked for; NQ_NO_DAY where there is none. */
    int32_t event_day, event_day_end;
};

/* How much comes from one source: a report's publisher, or the source of a cited work. */
struct nq_source_count {
    struct nq_str source;
    uint64_t count;
};

/* A shard that did not answer. */
struct nq_missing_shard {
    struct nq_str place, why; /* `why` is a line that names the place */
};

/* The answer to a search.  `total` counts all matches, not only those in `hits`. */
struct nq_results {
    struct nq_hit *hits;
    size_t n_hits;
    uint64_t total;
    bool total_is_exact;
    bool partial;                           /* some hits are of NQ_TIER_PARTIAL */
    const struct nq_missing_shard *missing; /* shards whose passages are left out */
    size_t n_missing;
    const struct nq_month_count *months; /* in order of time; undated last */
    size_t n_months;
    const struct nq_source_count *sources; /* the most frequent first */
    size_t n_sources;
    uint64_t n_report, n_reference; /* matches by kind */
    struct nq_str did_you_mean;     /* the query with wrong characters put right, or absent */
    struct nq_str explanation; /* how the query was understood: lines of a label (English), a tab
                                  and a value */
    int64_t related_to;        /* of nq_related: the passage that was asked about; else 0 */
};

/* Answers a query.  No match is success with `total` 0.
 * Errors: USAGE (a query that cannot be parsed; `err->column` says where), CORRUPT, IO, NOMEM. */
enum nq_status nq_search(struct nq_index *index, const struct nq_search_params *params,
                         struct nq_results **out, struct nq_error *err);
void nq_results_destroy(struct nq_results *results);

/* Finds the passage with this id: one hit, `snippet` being its whole text with what `query` matches
 * marked; nothing is marked where that is empty or cannot be parsed.  No hit where the index has no
 * such passage.  The caller destroys `*out`.  Errors: CORRUPT, IO, NOMEM. */
enum nq_status nq_passage(struct nq_index *index, int64_t passage, struct nq_str query,
                          struct nq_results **out, struct nq_error *err);

/* Which passages are wanted that belong to `passage` (nq_hit.passage).  A zeroed struct with
 * `passage` and `limit` set is the default. */
struct nq_related_params {
    int64_t passage;
    size_t offset, limit;
    bool bounded;       /* whether `from` and `to` are to be looked at */
    int32_t from, to;   /* days, both included; NQ_NO_DAY: open */
    enum nq_kind kinds; /* 0: all */
    enum nq_sort sort;
};

/* Finds the passages of other reports that are most about what `passage` and its section are about,
 * best first, one of each section.  A hit's score is the share, from 0 to 1, of what makes the
 * passage up that the hit and its section hold; `why` says what.  `total` counts the hits before
 * `offset` and `limit`; the dates and kinds of nq_results stay empty.  The caller destroys `*out`.
 * Errors: USAGE where the index has no such passage; CORRUPT, IO, NOMEM. */
enum nq_status nq_related(struct nq_index *index, const struct nq_related_params *params,
                          struct nq_results **out, struct nq_error *err);

/* ---- topics -----------------------------------------------------------------------------------
 */

/* How much of a topic is heard lately, by the passages of the last days (nq_topics.recent_from to
 * nq_topics.to) and those before. */
enum nq_trend {
    NQ_TREND_STEADY,
    NQ_TREND_NEW,    /* heard lately alone */
    NQ_TREND_RISING, /* twice as often as before, or more */
    NQ_TREND_SILENT, /* not heard lately, though it was regularly before */
};

enum nq_topic_sort {
    NQ_TOPICS_BY_WEIGHT,
    NQ_TOPICS_BY_PASSAGES,
    NQ_TOPICS_BY_CHANGE, /* what rises first, what fell silent last */
    NQ_TOPICS_BY_FIRST,  /* the newest first */
    NQ_TOPICS_BY_LAST,   /* what was heard last first */
};

/* What some of an archive is about.  The weight of a passage for a topic is from 0 to 1: the part
 * that the topic has in what the passage says, its heading and its beginning counting more, stock
 * phrases little, and saying it again hardly anything.  `weight` is the sum over passages. */
struct nq_topic {
    struct nq_str name; /* of several forms the longest that was met, of a dictionary's the first */
    enum nq_topic_kind kind;
    double weight;
    uint64_t passages, reports; /* that name it */
    int32_t first_day, last_day;
    enum nq_trend trend;
    double change;                       /* of its share of passages lately, as a power of two */
    uint64_t recent;                     /* passages lately */
    const struct nq_month_count *months; /* passages by month, in order of time; undated last */
    size_t n_months;
};

/* Which topics are wanted.  A zeroed struct with `limit` set is the default. */
struct nq_topics_params {
    size_t offset, limit;
    bool bounded;     /* whether `from` and `to` are to be looked at */
    int32_t from, to; /* days of passages, both included; NQ_NO_DAY: open */
    unsigned kinds;   /* enum nq_topic_kind bits; 0: all */
    enum nq_topic_sort sort;
};

/* The topics of an archive.  `total` counts all topics of two passages and more, not only `items`.
 * `rising` and `silent` are the clearest of each trend, at most ten.  `stale` counts passages whose
 * topics an other dictionary found; the next nq_index_update renews them. */
struct nq_topics {
    const struct nq_topic *items;
    size_t n_items;
    uint64_t total;
    int32_t from, to;    /* first and last day of what was looked at */
    int32_t recent_from; /* from here on is lately; NQ_NO_DAY where there are too few days */
    const struct nq_topic *rising, *silent;
    size_t n_rising, n_silent;
    uint64_t stale;
};

/* Lists the topics of the archive.  No topic is success with `total` 0.  It reads what the index
 * holds of topics once, in memory for the topics, not for the passages.  The caller destroys
 * `*out`.
 * Errors: USAGE where the index holds no topics yet (an update makes them); CORRUPT, IO, NOMEM. */
enum nq_status nq_topics(struct nq_index *index, const struct nq_topics_params *params,
                         struct nq_topics **out, struct nq_error *err);
void nq_topics_destroy(struct nq_topics *topics);

/* A place where a term stands: the clause around it. */
struct nq_quote {
    int64_t passage;
    int32_t day;
    struct nq_str text;
};

enum { NQ_QUOTES = 3 };

/* Another name of a topic, with the sentence that introduces it (以下简称, “…”（简称…）) or, of a
 * name of the dictionaries, the latest that uses it; of a cited work, another title with the
 * reference that prints it.  `proof.passage` is 0 for a name that stands in the dictionary alone.
 */
struct nq_topic_alias {
    struct nq_str name;
    struct nq_quote proof;
};

/* A topic that passages share with the one that was asked for.  `npmi`, normalised pointwise mutual
 * information, is from -1 (never together) over 0 (by chance) to 1 (never apart). */
struct nq_topic_neighbour {
    struct nq_topic topic; /* without months */
    uint64_t together;     /* passages that name both */
    double npmi;
};

/* A passage that is most about the topic. */
struct nq_topic_passage {
    int64_t passage;
    double weight;
    int32_t day;
    struct nq_report_ref report;
    struct nq_str section_heading;
    const struct nq_fragment *snippet;
    size_t n_snippet;
};

/* A month: how many passages name the topic, and the best of them. */
struct nq_topic_month {
    int32_t first_day; /* NQ_NO_DAY for what has no date */
    uint64_t passages;
    const struct nq_topic_passage *best;
    size_t n_best;
};

/* How much of a topic is wanted. */
struct nq_topic_params {
    struct nq_str name; /* in any of its forms */
    size_t limit;       /* documents, organisations, neighbours, of each; 0: 10 */
    size_t passages;    /* of each month; 0: 1 */
    bool bounded;       /* whether `from` and `to` are to be looked at */
    int32_t from, to;   /* days of passages, both included; NQ_NO_DAY: open */
};

/* All of a topic.  `documents` come in the order of the day on which the archive first names them;
 * `organisations` and `neighbours` the closest first; months in order of time. */
struct nq_topic_page {
    struct nq_topic topic;
    const struct nq_topic_alias *aliases;
    size_t n_aliases;
    const struct nq_topic_neighbour *documents, *organisations, *neighbours;
    size_t n_documents, n_organisations, n_neighbours;
    const struct nq_topic_month *months;
    size_t n_months;
    struct nq_str query;        /* of nqsearch for its passages and its timeline */
    struct nq_str did_you_mean; /* where the topic is not known: one that is, or absent */
};

/* Tells all of one topic: a topic of nq_topics in any of its forms, else any words that the archive
 * holds.  Unknown is success with `topic.passages` 0, and perhaps `did_you_mean`.
 * Errors: as nq_topics; USAGE also for a name without letters. */
enum nq_status nq_topic(struct nq_index *index, const struct nq_topic_params *params,
                        struct nq_topic_page **out, struct nq_error *err);
void nq_topic_page_destroy(struct nq_topic_page *page);

/* A report that cites a source, and how often. */
struct nq_source_report {
    int64_t id;
    int32_t day;
    struct nq_str title;
    uint64_t citations;
};

/* How much reports lean on a source: `citations` in `n_reports` reports, of `works` different works
 * (by title), cited from the first to the last day. */
struct nq_source_use {
    struct nq_str name; /* as printed where it was first met */
    uint64_t citations, works;
    int32_t first_day, last_day;
    const struct nq_source_report *reports; /* in the order in which they were indexed */
    size_t n_reports;
};

struct nq_sources_params {
    size_t offset, limit;
    bool bounded;     /* whether `from` and `to` are to be looked at */
    int32_t from, to; /* days of reports, both included; NQ_NO_DAY: open */
};

/* `total` counts all sources, `reports` those that cite any, `citations` their references. */
struct nq_sources {
    const struct nq_source_use *items; /* the most cited first */
    size_t n_items;
    uint64_t total, reports, citations;
};

/* Lists the sources that reports cite.  A reference that names several (新华网/经济日报) counts for
 * each of them; the names of one organisation are one source.  None is success.  The caller
 * destroys `*out`.  Errors: as of nq_cited_works. */
enum nq_status nq_sources(struct nq_index *index, const struct nq_sources_params *params,
                          struct nq_sources **out, struct nq_error *err);
void nq_sources_destroy(struct nq_sources *sources);

/* A reference to a work, as the report prints it; `passage` is its own id. */
struct nq_work_printing {
    int64_t passage, report;
    int32_t report_day;
    struct nq_str report_title, raw;
};

/* A cited work.  `title` is the longest that is printed for it, absent where none is; `day` and
 * `day_end` hold its most precise date, NQ_NO_DAY where none is printed; `sources` as they are
 * printed, without sites and departments. */
struct nq_cited_work {
    struct nq_str title;
    int32_t day, day_end;
    const struct nq_str *sources;
    size_t n_sources;
    uint64_t reports;                         /* that cite it */
    const struct nq_work_printing *printings; /* in the order in which they were indexed */
    size_t citations;                         /* of them */
};

/* `total` counts all works, `reports` and `citations` as in struct nq_sources. */
struct nq_cited_works {
    const struct nq_cited_work *items; /* what most reports cite first, then the latest */
    size_t n_items;
    uint64_t total, reports, citations;
};

/* Lists the works that reports cite, each once, however references print it: reworded, reprinted
 * (转载), with a month for a day.  Issues of a series, and titles that differ in a number, are
 * works of their own.  None is success.  The caller destroys `*out`.  Errors: CORRUPT, IO, NOMEM;
 * USAGE where an older program wrote the index and the next run of nqindex is to find its works. */
enum nq_status nq_cited_works(struct nq_index *index, const struct nq_sources_params *params,
                              struct nq_cited_works **out, struct nq_error *err);
void nq_cited_works_destroy(struct nq_cited_works *works);

/* A word or phrase that the archive uses and no dictionary knows.  `score` orders; `cohesion` is
 * the pointwise mutual information of its parts at the weakest split, in nats; `left` and `right`
 * the entropy of what stands beside it, in nats, at most ln 16. */
struct nq_proposal {
    struct nq_str term; /* as printed where it was first met */
    uint64_t count, passages;
    double score, cohesion, left, right;
    int32_t first_day;                 /* NQ_NO_DAY where it stands only in what has no date */
    struct nq_quote quotes[NQ_QUOTES]; /* of different reports, the earliest first */
    size_t n_quotes;
};

struct nq_proposals {
    struct nq_proposal *items; /* the best first */
    size_t n_items;
};

/* Which new terms are wanted.  Zeroed but for `limit` is the default. */
struct nq_discover_params {
    size_t limit;       /* at most 100,000 */
    size_t least_count; /* how often a term must stand in the archive; 0: 5 */
};

/* Looks for new terms in the reports of the index (not in what they cite).  It reads the whole
 * archive three times, in memory that does not grow with it.  The caller destroys `*out`.
 * Errors: CORRUPT, IO, NOMEM. */
enum nq_status nq_discover(struct nq_index *index, const struct nq_discover_params *params,
                           struct nq_proposals **out, struct nq_error *err);
void nq_proposals_destroy(struct nq_proposals *proposals);

/* What a suggestion is. */
enum nq_suggestion_kind {
    NQ_SUGGESTION_WORD,         /* a word of everyday language */
    NQ_SUGGESTION_TOPIC,        /* a term of the domain dictionary */
    NQ_SUGGESTION_ORGANISATION, /* or one of its other names */
    NQ_SUGGESTION_DOCUMENT,     /* a policy document that passages name */
    NQ_SUGGESTION_HEADLINE,     /* of a section, a report or a cited work */
};

/* What a query that is being typed may become: `text` is the query with its end completed.
 * `passages` hold the word, term or organisation as a word, or name the document; a headline counts
 * once for each time it was printed.  `day` is that of the newest of them, NQ_NO_DAY where it has
 * none.  Words, terms and organisations are counted when the index has grown by a sixteenth, so
 * that a few passages may be missing. */
struct nq_suggestion {
    struct nq_str text;
    uint64_t passages;
    enum nq_suggestion_kind kind;
    int32_t day;
};

struct nq_suggestions {
    struct nq_suggestion *items; /* the best first */
    size_t n_items;
};

/* Completes what is being typed, at most `limit` times, with what the index holds.
 *
 * `query` is the beginning of a name in characters (算电), in pinyin with or without spaces,
 * apostrophes and tones (suandian, ü as v or ü), in initials, which may follow whole syllables
 * (sdxt, suandianxt), or mixed (算dian).  Where nothing begins with all of it, the longest end of
 * it is completed with which a word, term or organisation begins, and the rest kept.  Names that
 * are typed in full syllables come first, then those of more passages and newer ones.
 *
 * Behind Han characters that stay as they are, what the archive has there is told; where it has
 * nothing of it, names.  The caller destroys `*out`.  None is success.  Errors: CORRUPT, IO, NOMEM.
 */
enum nq_status nq_suggest(struct nq_index *index, struct nq_str query, size_t limit,
                          struct nq_suggestions **out, struct nq_error *err);
void nq_suggestions_destroy(struct nq_suggestions *suggestions);

/* ---- dates and events of a text -------------------------------------------------------------- */

/* How exactly a date is said. */
enum nq_precision {
    NQ_PRECISION_DAY,
    NQ_PRECISION_MONTH,
    NQ_PRECISION_QUARTER,
    NQ_PRECISION_YEAR,
    NQ_PRECISION_RANGE, /* anything else: 上旬, 上半年, 6月18日至20日 */
};

/* What kind of expression a date is. */
enum nq_date_kind {
    NQ_DATE_INTERVAL, /* days [first, last] */
    NQ_DATE_OPEN,     /* one end only: 2018年之后; the day that it names is in [first, last] */
    NQ_DATE_VAGUE,    /* 近日, 今年夏天; without days */
    NQ_DATE_INVALID,  /* 2月30日: written like a date that no calendar has; without days */
};

/* What the words around a date make of it. */
enum nq_date_bound {
    NQ_BOUND_NONE,
    NQ_BOUND_BY,     /* 到2030年 */
    NQ_BOUND_BEFORE, /* 7月30日前 */
    NQ_BOUND_UNTIL,  /* 截至5月底 */
    NQ_BOUND_SINCE,  /* 6月1日起, 2020年以来 */
    NQ_BOUND_AFTER,  /* 6月1日后 */
    NQ_BOUND_ABOUT,  /* 2027年前后 */
};

/* A date in a text, at its bytes [start, end).  `first` and `last` are the days that it means, both
 * included, NQ_NO_DAY where it means none. */
struct nq_date {
    size_t start, end;
    int32_t first, last;
    enum nq_date_kind kind;
    enum nq_precision precision;
    enum nq_date_bound bound;
    bool relative;  /* depends on the reference day alone: 昨天 */
    bool anaphoric; /* depends on another date: 次日, 去年同期 */
    bool titled;    /* stands in the title of a document */
};

/* What an event is. */
enum nq_event_kind {
    NQ_EVENT_PAST = 1,      /* it happened, or was said to be happening */
    NQ_EVENT_MILESTONE = 2, /* a target, a deadline or a plan: 到2028年底, 7月30日前 */
    NQ_EVENT_ALL = NQ_EVENT_PAST | NQ_EVENT_MILESTONE,
};

/* A dated statement: somebody did something, or is to.  Absent parts are slices with a NULL
 * pointer. `quote` is the clause that says it, at the bytes [start, end) of the text. */
struct nq_event {
    int32_t first, last;
    enum nq_precision precision;
    enum nq_event_kind kind;
    struct nq_str actor, action, document;
    size_t start, end;
    struct nq_str quote;
    bool undated; /* no day is printed: that of the report stands in (日前, 近日, or none) */
};

/* Finds dates and events; for any number of texts, one after the other. */
struct nq_extractor;

/* Errors: NOMEM. */
enum nq_status nq_extractor_open(struct nq_extractor **out, struct nq_error *err);
void nq_extractor_close(struct nq_extractor *extractor);

/* Finds the dates of `text`, in order and not overlapping.  `reference` is the day that 今天 means;
 * with NQ_NO_DAY only what names its year is a date.  `*out` is borrowed until the next call with
 * this extractor.  Errors: NOMEM. */
enum nq_status nq_extract_dates(struct nq_extractor *extractor, struct nq_str text,
                                int32_t reference, const struct nq_date **out, size_t *n,
                                struct nq_error *err);

/* How to read a passage for events. */
enum {
    /* Statements of a policy's life (印发, 通过 …) that print no day are events of the report's. */
    NQ_EXTRACT_UNDATED = 1,
    /* The passage goes on where the one before it (of the same extractor) ended: what that called
     * 《…》 is 方案 here. */
    NQ_EXTRACT_CONTINUES = 2,
};

/* Finds the events of the passage `text` that stands in a report of the day `reference`; borrowed
 * like dates.  `flags` are those above.  Errors: NOMEM. */
enum nq_status nq_extract_events(struct nq_extractor *extractor, struct nq_str text,
                                 int32_t reference, unsigned flags, const struct nq_event **out,
                                 size_t *n, struct nq_error *err);

/* ---- timelines ------------------------------------------------------------------------------- */

/* A question for a timeline.  A zeroed struct with `query` and `limit` set is the default. */
struct nq_timeline_params {
    struct nq_str query;      /* in the language of nqsearch(1); its filters choose passages */
    size_t limit;             /* how many events, the most important ones */
    bool bounded;             /* whether `from` and `to` are to be looked at */
    int32_t from, to;         /* days of events, both included; NQ_NO_DAY: open */
    enum nq_event_kind kinds; /* 0: all */
    enum nq_kind passages;    /* events that these tell; 0: all */
};

/* A passage that tells an event. */
struct nq_coverage {
    int64_t passage, report;
    int32_t report_day;
    struct nq_str section; /* its heading, or absent */
};

/* An event as all its reports tell it.  Absent parts have a NULL pointer; `document` is 0 for none.
 */
struct nq_timeline_event {
    int32_t first, last;
    enum nq_precision precision;
    enum nq_event_kind kind;
    bool undated; /* no report prints its day; that of the earliest stands in */
    struct nq_str label, actor, action, document_title, quote;
    int64_t document;
    double importance; /* above 0, below 1; to compare with others of the same answer */
    const struct nq_coverage *coverage; /* in the order of time */
    size_t n_coverage;
};

/* What falls in one month: matching passages by their report's day, and events by their own. */
struct nq_timeline_month {
    int32_t first_day;
    uint64_t passages, events;
};

/* The answer.  `total` counts all events, not only those in `events`, which are in order of time.
 */
struct nq_timeline {
    struct nq_timeline_event *events;
    size_t n_events;
    uint64_t total;
    const struct nq_timeline_month *months; /* in order of time, without gaps */
    size_t n_months;
};

/* Tells what happened, and is to happen, in a matter: the events of the passages that match the
 * query, merged across reports, the most important ones in order of time.  No event is success with
 * `total` 0.
 * Errors: those of nq_search; USAGE also where the index holds no events yet. */
enum nq_status nq_timeline(struct nq_index *index, const struct nq_timeline_params *params,
                           struct nq_timeline **out, struct nq_error *err);
void nq_timeline_destroy(struct nq_timeline *timeline);

/* ---- what the programs see in a text ------------------------------------------------------------
 */

/* A section of a report.  `number` is as printed, without its mark ("四"), or absent. */
struct nq_section {
    struct nq_str number, heading;
    struct nq_str *paragraphs;
    const uint32_t *pages; /* of a PDF that each paragraph begins on, from 1; NULL: not known */
    const int64_t
        *passages; /* of a stored report: each paragraph's id (nq_hit.passage); else NULL */
    size_t n_paragraphs;
};

/* A report as read.  Text is NFC; the printed characters are kept, layout is repaired.
 * Absent fields are slices with a NULL pointer; `day` may be NQ_NO_DAY. */
struct nq_report {
    struct nq_str key;    /* the `id` of a JSONL document, else empty: the file's path is its key */
    struct nq_str member; /* its path within the archive that the file is, else absent */
    struct nq_str title, publisher, source, url, abstract;
    enum nq_kind kind;
    int32_t day;
    struct nq_section *sections;
    size_t n_sections;
    struct nq_reference *references;
    size_t n_references;
};

/* The reports of one file or text. */
struct nq_reports {
    struct nq_report *items;
    size_t n_items;
};

/* Reads `text` as the file `name` would be read ("-" or NULL: told by content alone).  `warning` is
 * as in nq_update_options.  Errors: INPUT, NOMEM. */
enum nq_status nq_reports_read(const char *name, struct nq_str text,
                               void (*warning)(void *user, bool failed, const char *message),
                               void *user, struct nq_reports **out, struct nq_error *err);
void nq_reports_destroy(struct nq_reports *reports);

/* A text that a report had before it was corrected: `text` as Markdown (headings behind "## ",
 * references behind "- "), `modified_ns` when the file with it was written, in nanoseconds since
 * 1970. */
struct nq_revision {
    int64_t id; /* the report's own, while it had this text */
    int64_t modified_ns;
    int32_t day;
    struct nq_str key, title, text;
};

/* Where a work is cited: the report, and the reference as it is printed there. */
struct nq_citation {
    struct nq_report_ref report;
    struct nq_str raw;
};

/* A report as the index holds it.  Several files with the same content are several `paths`, that of
 * `report.key` first; `revisions` come the latest first. */
struct nq_stored {
    int64_t id;
    struct nq_report report;
    const struct nq_str *paths;
    size_t n_paths;
    const struct nq_revision *revisions;
    size_t n_revisions;
    const struct nq_citation *citations; /* who cites it, the latest first */
    size_t n_citations;
};

/* Finds the report with this id.  The id of a passage leads to its report, and that of a text which
 * was replaced to what stands in its place.  `*out` is NULL where there is none; the caller
 * destroys it.  Errors: VERSION, CORRUPT, IO, NOMEM. */
enum nq_status nq_index_report(struct nq_index *index, int64_t id, struct nq_stored **out,
                               struct nq_error *err);
void nq_stored_destroy(struct nq_stored *stored);

/* The segmenter: words of a text by the built-in dictionary and, where it is not NULL, the user's.
 */
struct nq_segmenter;

/* Opens a segmenter; the caller closes it.  It may be shared by threads.
 * Errors: IO, INPUT (with the line of the dictionary), NOMEM. */
enum nq_status nq_segmenter_open(const char *user_dictionary, struct nq_segmenter **out,
                                 struct nq_error *err);
void nq_segmenter_close(struct nq_segmenter *segmenter);

/* Reads a user's dictionary for its faults alone: calls `warning` with one line, "PATH:LINE: why",
 * for each line that opening it passes over.  Errors: as nq_segmenter_open. */
enum nq_status nq_dictionary_check(const char *path,
                                   void (*warning)(void *user, const char *message), void *user,
                                   struct nq_error *err);

/* Calls `word` with each word of `text` in order, white space left out.  With `search`, a word's
 * sub-words that the index holds follow it.  False from `word` stops. */
enum nq_status nq_segment(const struct nq_segmenter *segmenter, struct nq_str text, bool search,
                          bool (*word)(void *user, struct nq_str word), void *user,
                          struct nq_error *err);

/* ---- what of a draft was covered before ---------------------------------------------------------
 *
 * Before a report goes out its editor wants to know which sections repeat what was written, which
 * carry an earlier story on and which are new, and on what evidence:
 *
 *     struct nq_reports *reports = NULL;
 *     struct nq_check *check = NULL;
 *     struct nq_check_params params = {0};
 *     if (nq_reports_read("draft.md", text, NULL, NULL, &reports, &err) == NQ_OK &&
 *         reports->n_items > 0 &&
 *         nq_check_draft(index, &reports->items[0], &params, &check, &err) == NQ_OK)
 *         printf("%llu sections repeat\n",
 *                (unsigned long long)check->counts[NQ_VERDICT_REPEAT]);
 *     nq_check_destroy(check);
 *     nq_reports_destroy(reports);
 */

/* What a section of a draft is to the archive. */
enum nq_verdict {
    NQ_VERDICT_NEW,    /* nothing like it */
    NQ_VERDICT_UPDATE, /* an earlier matter with new facts */
    NQ_VERDICT_REPEAT, /* told before */
    NQ_N_VERDICTS,
};

/* What an earlier section is to one of the draft. */
enum nq_relation {
    NQ_RELATION_NONE,
    NQ_RELATION_SAME_TOPIC, /* another event of the same matter: last month's figures */
    NQ_RELATION_FOLLOW_UP,  /* an earlier or later step of the same event or document */
    NQ_RELATION_SAME_EVENT,
};

/* How much evidence a verdict takes. */
enum nq_strictness {
    NQ_CHECK_NORMAL,
    NQ_CHECK_STRICT,  /* little is enough for update and repeat */
    NQ_CHECK_LENIENT, /* only what is certain */
};

/* What to compare a draft with.  A zeroed struct compares with everything older than the draft; one
 * without a date is compared with all. */
struct nq_check_params {
    bool bounded;       /* whether `since` and `before` are to be looked at */
    int32_t since;      /* the first day looked at; NQ_NO_DAY: no limit */
    int32_t before;     /* the first day not looked at; NQ_NO_DAY: the draft's own */
    uint32_t days;      /* how many days back from `before`; 0: no limit */
    enum nq_kind kinds; /* of documents; 0: reports */
    enum nq_strictness strictness;
    size_t limit; /* earlier sections given for one of the draft; 0: 30 */
    bool all;     /* also those that were compared and found unrelated */
};

/* A sentence of the draft and what it was made of.  In the parts, `match` is what both have. */
struct nq_reuse {
    struct nq_str draft, prior;
    const struct nq_fragment *draft_parts, *prior_parts;
    size_t n_draft_parts, n_prior_parts;
    bool exact;   /* the same but for punctuation */
    bool figures; /* they differ in figures, too */
};

/* Two sentences that give another figure for one quantity. */
struct nq_disagreement {
    struct nq_str draft, prior; /* the clauses */
    struct nq_str draft_figure, prior_figure;
};

/* How alike two sections are; each from 0 to 1.  A term is a word of two characters and more; it
 * weighs the more the fewer passages hold it, by the built-in dictionary's frequencies and the
 * archive's own, and counts by the logarithm of how often it stands in the section. */
struct nq_similarity {
    double terms;    /* cosine of the terms of both, by how rare and how frequent they are */
    double covered;  /* of one section's terms, what the other holds; the larger of both */
    double headings; /* cosine of the headings' terms */
    double leads;    /* cosine of the terms of what the texts begin with */
    double named;    /* of the headings' terms, what the other section holds */
    double reused;   /* of the draft's characters, those in reused sentences */
    double anchors;  /* the heaviest term of each heading that the other section holds, summed; no
                        share: a rare one has about 10 */
    double phrase;   /* the characters of the longest phrase of each heading that stands in the
                        other section, their mean; 12 at most */
    double figures;  /* of the figures of the section with fewer, those that both have */
    int document;    /* a document that few name: 1 one section begins with it, 2 both do */
    int numbered; /* 1: both begin with one numbered name (第七届进博会, 神舟十九号); -1: only
                     with others of its series; 0: with none */
    int event; /* told by both: 1 the same step on one day by one body, 2 of one document as well */
    bool documents_differ; /* both headings name documents, none in common */
    bool other_figures;    /* both have some, and most of them differ */
    bool places_differ;    /* both headings name places (dicts/places.tsv), others each */
    bool dated;            /* both name a day before the earlier section's report */
    bool since;            /* the draft names a day since then that the earlier one lacks */
    bool series;           /* both compare figures with those of an earlier month or year */
    bool reacts;           /* the draft's heading tells what is said of an event */
    bool expected;         /* the earlier section's heading tells of what is to come */
};

/* An earlier section that has to do with one of the draft.  `score`, from 0 to 1, says how much. */
struct nq_prior {
    int64_t passage; /* its first */
    struct nq_report_ref report;
    struct nq_str section_number, section_heading;
    enum nq_relation relation;
    double score;
    struct nq_similarity evidence;
    int32_t days;                                                         /* from it to the draft */
    const struct nq_str *documents, *references, *organisations, *topics; /* that both have */
    size_t n_documents, n_references, n_organisations, n_topics;
    const int32_t *events; /* days that both name */
    size_t n_events;
    const struct nq_reuse *reused;
    size_t n_reused;
    const struct nq_disagreement *disagreements;
    size_t n_disagreements;
};

/* A section of the draft.  `judged` is false for what sums up or frames a report (摘要, 趋势判断,
 * 免责声明): its verdict is new and it counts for nothing. */
struct nq_checked_section {
    struct nq_str number, heading;
    bool judged;
    enum nq_verdict verdict;
    double score;                   /* of the first match */
    const struct nq_prior *matches; /* the closest first */
    size_t n_matches;
    const struct nq_str *new_figures, *new_documents; /* that no match has */
    size_t n_new_figures, n_new_documents;
    const int32_t *new_days;
    size_t n_new_days;
};

/* A reference of the draft.  Two printings mean one work where the titles are the same but for
 * width, punctuation, an issuer before them or a short word more, or an English title is reworded,
 * and the dates go together; not with another year or number. */
struct nq_checked_reference {
    struct nq_str raw, title;
    const struct nq_citation *cited_before; /* the latest first */
    size_t n_cited_before;
};

struct nq_check {
    struct nq_str title;
    int32_t day;
    int32_t since, before; /* what was looked at; NQ_NO_DAY: no limit */
    const struct nq_checked_section *sections;
    size_t n_sections;
    const struct nq_checked_reference *references;
    size_t n_references;
    uint64_t counts[NQ_N_VERDICTS]; /* of judged sections */
};

/* Compares `draft` with what the index has from before it, section by section: candidates are the
 * earlier sections that hold most of the weight of its rarest terms; each is compared as a whole,
 * by terms, headings, documents in 《》, full dates and reused sentences.  What many of the
 * candidates have in common (formulas, titles that everybody names, headings of columns) is no
 * evidence; sentences are looked for one by one, too.  A report of the index that is the draft
 * itself is left out.  The caller destroys
 * `*out`.  Errors: CORRUPT, IO, NOMEM. */
enum nq_status nq_check_draft(struct nq_index *index, const struct nq_report *draft,
                              const struct nq_check_params *params, struct nq_check **out,
                              struct nq_error *err);
void nq_check_destroy(struct nq_check *check);

/* ---- where reports disagree
 * ------------------------------------------------------------------------------------ */

enum nq_conflict_kind {
    NQ_CONFLICT_FIGURE, /* another value for one quantity of one period */
    NQ_CONFLICT_ISSUER, /* another body that issued one document on one day */
};

/* What one report says. */
struct nq_statement {
    int64_t passage;
    struct nq_report_ref report;
    struct nq_str section_heading;
    struct nq_str value; /* the figure, or who issued it, as printed */
    struct nq_str quote; /* the clause */
};

/* Statements that cannot all be right, each with another value, the earliest report first. */
struct nq_conflict {
    enum nq_conflict_kind kind;
    struct nq_str what;  /* the words that name the quantity, or the document's title */
    int32_t first, last; /* the period that the figures are of, or the day of the issue */
    const struct nq_statement *statements;
    size_t n_statements;
};

/* `passages` is how many were looked at. */
struct nq_conflicts {
    const struct nq_conflict *items; /* those with the newest statement first */
    size_t n_items;
    size_t passages;
};

/* Finds where the reports that match `query` (in the language of nqsearch(1)) contradict one
 * another: values of one quantity, in one unit and for one period, that are not the same when
 * rounded, and issuers of one document.  It shows what is sure to be of one thing rather than all:
 * the words before both figures must be the same, and running counts (截至, 累计) are left out. The
 * caller destroys `*out`.  Errors: those of nq_search. */
enum nq_status nq_find_conflicts(struct nq_index *index, struct nq_str query,
                                 struct nq_conflicts **out, struct nq_error *err);
void nq_conflicts_destroy(struct nq_conflicts *conflicts);

#ifdef __cplusplus
}
#endif
#endif
