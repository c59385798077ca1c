"""Writes of contracts, by noun: offers, milestones, amendments, endings."""
