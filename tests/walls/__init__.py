"""Nobody gets in where they do not belong: every address and operation, tried with every role."""
