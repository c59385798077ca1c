"""Our own commands."""
