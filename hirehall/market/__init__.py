"""Floor of the market: what each side shows, asks for and offers."""
