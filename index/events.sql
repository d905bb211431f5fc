-- Events and documents: what src/store/events.c and documents.c keep.  Made from the passages alone, and anew where meta.events says that another
-- extractor made them.

CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    traits INTEGER NOT NULL,
    actor TEXT,
    action TEXT,
    document INTEGER
);
