"""Our own lints: what import-linter and ruff cannot see, each with a test that it catches a planted offence."""
