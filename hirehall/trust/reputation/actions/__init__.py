"""Writes of feedback: giving and publishing, and what happens with it afterwards."""
