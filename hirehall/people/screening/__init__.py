"""Screening: finds contacts and payment past the house in texts, file names and links; no tables."""
