"""Tests of the pages' edge."""
