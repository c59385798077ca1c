"""The programs' edge: root router, tokens, the shape of errors, idempotency. Operations live in the rooms."""
