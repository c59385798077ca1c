"""Connects: lots with expiry, grants, purchases, spending oldest first, refunds, and the price of a proposal."""
