-- From this step on the database has its mark beside it (`vault.mark`), and is not valid without.
-- Free pages are cut off by the program before it commits: what SQLite does while it commits is not in a mark.
PRAGMA auto_vacuum = INCREMENTAL;
