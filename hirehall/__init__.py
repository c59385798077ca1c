"""Hirehall: a freelance marketplace that an organisation runs for itself, with open rules."""
