-- Topics: what src/store/topics.c and links.c keep.  Made from the passages and the dictionary, and anew where meta.topics says that others
-- made them.

CREATE TABLE IF NOT EXISTS topic (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    key TEXT NOT NULL,
    name TEXT,
    passages INTEGER NOT NULL,
    UNIQUE (key, kind)
);

CREATE TABLE IF NOT EXISTS topic_link (
    chunk INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);
