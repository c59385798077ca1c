"""Tests of the reputation room."""
