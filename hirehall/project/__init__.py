"""The project: settings, the root of all URLs, the server's entry points, and the table of reactions."""
