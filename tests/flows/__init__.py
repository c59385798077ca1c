"""Flows through many rooms: the story of a hire, by API and in any order."""
