"""Measures the ledger through the public actions beside pgbench and django-hordak, on one durable server."""
