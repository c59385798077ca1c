"""Root of all tests: loads the shared fixtures."""

pytest_plugins = ["tests.support.fixtures"]
