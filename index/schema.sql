-- The tables of an index, schema version 1.  README.md beside this file says what they mean.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    hash INTEGER NOT NULL
);

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

CREATE TABLE section (
    id INTEGER PRIMARY KEY,
    number TEXT,
    heading TEXT
);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL
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
