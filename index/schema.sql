-- The tables of an index, schema version 5.  README.md beside this file says what they mean.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    copy_of INTEGER REFERENCES file (id)
);

CREATE INDEX file_hash ON file (hash);
CREATE INDEX file_copy_of ON file (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    file INTEGER NOT NULL REFERENCES file (id),
    kind INTEGER NOT NULL,
    day INTEGER,
    source INTEGER NOT NULL REFERENCES source (id),
    key TEXT NOT NULL,
    title TEXT,
    publisher TEXT,
    url TEXT
);

CREATE INDEX report_file ON report (file);
CREATE INDEX report_key ON report (key);

CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id),
    file INTEGER REFERENCES file (id),
    modified INTEGER NOT NULL,
    day INTEGER,
    key TEXT NOT NULL,
    title TEXT,
    text TEXT NOT NULL
);

CREATE INDEX revision_report ON revision (report);
CREATE INDEX revision_file ON revision (file) WHERE file IS NOT NULL;

CREATE TABLE section (
    id INTEGER PRIMARY KEY,
    number TEXT,
    heading TEXT
);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    page INTEGER
);

CREATE TABLE reference (
    id INTEGER PRIMARY KEY REFERENCES passage (id),
    source TEXT,
    title TEXT,
    date TEXT,
    day INTEGER,
    day_end INTEGER,
    purpose TEXT
);

CREATE TABLE attribute (
    chunk INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

CREATE TABLE atom (
    text TEXT PRIMARY KEY,
    passages INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('next_id', 1), ('generation', 0), ('passages', 0), ('atoms', 0);
