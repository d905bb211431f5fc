-- The two text indexes.  Both are contentless: their text is made from section and passage.  src/engine/leaves.c writes to their shadow tables.

CREATE VIRTUAL TABLE text USING fts5 (
    body, heading,
    content = '', columnsize = 0, tokenize = 'nq'
);

CREATE VIRTUAL TABLE words USING fts5 (
    list,
    content = '', columnsize = 0, detail = none, tokenize = 'nq'
);

-- How much waits in memory before it becomes a segment: together with SQLite's page cache well below 64 MB.
INSERT INTO text (text, rank) VALUES ('hashsize', 9000000);
INSERT INTO words (words, rank) VALUES ('hashsize', 2500000);

-- Two of FTS5's leaves fill one of SQLite's pages (8192) but for a few bytes.
INSERT INTO text (text, rank) VALUES ('pgsz', 4072);
INSERT INTO words (words, rank) VALUES ('pgsz', 4072);
