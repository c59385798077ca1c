"""Writes of the books, by noun: days that are closed, findings of the checks, adjustments by hand."""
