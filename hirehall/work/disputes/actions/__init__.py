"""Writes of disputes, by noun."""
