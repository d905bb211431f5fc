-- Names for suggestions: what src/store/names.c keeps.  Made from all the rest, see src/api/names.h.

CREATE TABLE IF NOT EXISTS name (
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);
