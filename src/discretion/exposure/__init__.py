"""What platforms know by now: the ledger, how identifiable it makes a person, and what a breach would do."""
