"""Tests of the proposals room."""
