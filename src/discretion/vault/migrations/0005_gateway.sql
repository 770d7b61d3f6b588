-- Real values and their stand-ins; an empty persona is none. grouped joins the pairs of one person or thing.
CREATE TABLE stand_in (
    id INTEGER PRIMARY KEY,
    persona TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    kind TEXT NOT NULL,
    real TEXT NOT NULL,
    stand_in TEXT NOT NULL,
    grouped INTEGER NOT NULL DEFAULT 0,
    is_pinned INTEGER NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL,
    retired_at TEXT,
    UNIQUE (persona, kind, real, stand_in)
) STRICT;

-- What the user changed for one persona: the mode, or what happens to a kind.
CREATE TABLE persona_setting (
    persona TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (persona, name)
) STRICT, WITHOUT ROWID;

-- Keys of upstreams by the name that config.toml gives them.
CREATE TABLE upstream_key (
    name TEXT PRIMARY KEY,
    api_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the user decided about a message, by its keyed digest: approved or refused. No text.
CREATE TABLE message_decision (
    persona TEXT NOT NULL COLLATE NOCASE,
    digest BLOB NOT NULL,
    decision TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (persona, digest)
) STRICT, WITHOUT ROWID;

-- Conversations in which a limit stands that outlives a restart, by keyed digest; document is JSON without text.
CREATE TABLE conversation_stop (
    persona TEXT NOT NULL COLLATE NOCASE,
    digest BLOB NOT NULL,
    document TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (persona, digest)
) STRICT, WITHOUT ROWID;

-- Sittings with a platform, for the balance of time and money.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    persona TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    messages INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL DEFAULT 0,
    tokens_out INTEGER NOT NULL DEFAULT 0
) STRICT;
