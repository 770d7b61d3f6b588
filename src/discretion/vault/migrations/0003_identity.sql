-- Pseudonym sets, each a JSON document of invented values; name is what the user calls it.
CREATE TABLE persona (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    platform TEXT NOT NULL DEFAULT '',
    is_everyday INTEGER NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;

-- What each platform was actually given; the value itself is a keyed digest.
CREATE TABLE given_field (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    persona TEXT NOT NULL DEFAULT '',
    field TEXT NOT NULL,
    kind TEXT,
    origin TEXT NOT NULL,
    digest BLOB NOT NULL,
    domain TEXT NOT NULL DEFAULT '',
    way TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    given_at TEXT NOT NULL,
    UNIQUE (platform, persona, field, digest)
) STRICT;

-- Keys of alias services, only where the user said to keep one.
CREATE TABLE alias_key (
    service TEXT NOT NULL,
    base_url TEXT NOT NULL,
    api_key TEXT NOT NULL,
    PRIMARY KEY (service, base_url)
) STRICT;
