"""Floor of the money: the ledger and the only two rooms that post to it."""
