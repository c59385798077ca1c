"""Tests that cross rooms: flows, browser, tidy, and the support that all tests share."""
