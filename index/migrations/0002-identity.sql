-- From schema version 1 to 2: files know their name below the folder and whose copy they are, reports keep their old texts.

CREATE TABLE file_2 (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    copy_of INTEGER REFERENCES file (id)
);

-- The name is the key of the file's report where the path ends with that; a file of records has its last part for a name.
INSERT INTO file_2 (id, path, key, size, modified, hash)
    SELECT id, path,
        coalesce((SELECT key FROM report WHERE file = file.id AND substr(path, -length(key) - 1) = '/' || key LIMIT 1),
            replace(path, rtrim(path, replace(path, '/', '')), '')),
        size, modified, hash
    FROM file;
DROP TABLE file;
ALTER TABLE file_2 RENAME TO file;

CREATE INDEX file_hash ON file (hash);
CREATE INDEX file_copy_of ON file (copy_of) WHERE copy_of IS NOT NULL;
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
