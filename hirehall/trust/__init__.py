"""Floor of trust: who somebody is and how their work turned out."""
