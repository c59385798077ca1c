"""Tags for the few pages that Django's own templates draw."""
