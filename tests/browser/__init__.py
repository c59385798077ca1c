"""Tests in a real browser against a whole running market."""
