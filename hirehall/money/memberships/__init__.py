"""Memberships: plans with their perks, and their billing month by month, with retries and a way back to the free plan."""
