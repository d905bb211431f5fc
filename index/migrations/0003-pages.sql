-- From schema version 2 to 3: a passage of a PDF knows the page that it begins on.

ALTER TABLE passage ADD COLUMN page INTEGER;
