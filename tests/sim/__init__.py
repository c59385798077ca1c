"""The simulated market: its words, its pictures and a short year of it."""
