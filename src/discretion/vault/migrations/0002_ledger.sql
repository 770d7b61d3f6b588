-- What platforms learnt: kinds, keyed digests, normalised values and times; never the words.
-- Empty text for persona is no persona; value is a normalised value as system|codes|low|high|unit, NULL where there is none or it is not kept.
CREATE TABLE disclosure (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    persona TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    frame TEXT NOT NULL,
    severity TEXT NOT NULL,
    source TEXT NOT NULL,
    is_own INTEGER NOT NULL DEFAULT 0,
    digest BLOB NOT NULL,
    value TEXT,
    is_value_kept INTEGER NOT NULL DEFAULT 1,
    times INTEGER NOT NULL,
    first_at TEXT,
    last_at TEXT,
    noted_at TEXT NOT NULL,
    UNIQUE (platform, persona, kind, frame, source, digest)
) STRICT;

-- One row for each time that a fact was told; the keyed digest of the place where it stands makes a second
-- import of the same export change nothing.
CREATE TABLE sighting (
    digest BLOB PRIMARY KEY,
    disclosure INTEGER NOT NULL REFERENCES disclosure (id) ON DELETE CASCADE,
    at TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX sighting_of ON sighting (disclosure);
