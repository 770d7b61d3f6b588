-- The root of all keys that packages use for digests and chains; it stays when the data key changes (restore).
CREATE TABLE root_secret (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL
) STRICT;

INSERT INTO root_secret (id, secret) VALUES (1, randomblob(32));

-- One row for each query of stored values; each mac covers its row and the mac before it.
CREATE TABLE audit_trail (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    at TEXT NOT NULL,
    verb TEXT NOT NULL,
    entry TEXT NOT NULL,
    kinds TEXT NOT NULL,
    count INTEGER NOT NULL,
    mac BLOB NOT NULL
) STRICT;

-- The user's own facts; aliases is a JSON list of texts.
CREATE TABLE own_fact (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    aliases TEXT NOT NULL DEFAULT '[]',
    added_at TEXT NOT NULL,
    UNIQUE (kind, value)
) STRICT;
