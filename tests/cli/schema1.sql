-- Takes an index back to schema version 1: the tables as 0.1.0's first builds made them.
CREATE TABLE file_1 (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    hash INTEGER NOT NULL
);
INSERT INTO file_1 SELECT id, path, size, modified, hash FROM file;
DROP TABLE file;
ALTER TABLE file_1 RENAME TO file;
DROP INDEX report_key;
DROP TABLE revision;
ALTER TABLE passage DROP COLUMN page;
CREATE INDEX event_first ON event (first);
PRAGMA user_version = 1;
