"""Writes of profiles, by noun: basics, entries, pieces, specialised, records."""
