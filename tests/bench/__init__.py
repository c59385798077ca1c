"""The measurements themselves are looked at: what they fill and what they ask for."""
