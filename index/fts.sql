-- The two text indexes.  Both are contentless: their text is made from section and passage.

CREATE VIRTUAL TABLE text USING fts5 (
    body, heading,
    content = '', columnsize = 0, tokenize = 'nq'
);

CREATE VIRTUAL TABLE words USING fts5 (
    words,
    content = '', columnsize = 0, detail = none, tokenize = 'nq'
);
