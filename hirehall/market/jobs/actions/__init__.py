"""Writes of jobs, by noun: posts, activity, saved jobs, and the record of clients."""
