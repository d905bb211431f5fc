-- Cited works: what src/api/cited_write.c keeps.  Made from the references, and anew where meta.works says that other rules made them.

-- Which work a reference is to: the id of the reference that was the first to it, whether that is still there or not.  `title` is a hash of
-- the units of its title, `day` the first of its date where that tells the week (src/link/work.h).
CREATE TABLE IF NOT EXISTS cited (
    id INTEGER PRIMARY KEY,
    work INTEGER NOT NULL,
    title INTEGER NOT NULL,
    day INTEGER
);
CREATE INDEX IF NOT EXISTS cited_work ON cited (work);
CREATE INDEX IF NOT EXISTS cited_title ON cited (title);
CREATE INDEX IF NOT EXISTS cited_day ON cited (day) WHERE day IS NOT NULL;

-- Topics that are titles of one work, and the one that stands for all of them.
CREATE TABLE IF NOT EXISTS topic_same (
    topic INTEGER PRIMARY KEY,
    same INTEGER NOT NULL
);
