"""Floor of the work: contracts and everything that happens inside one."""
