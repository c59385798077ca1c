"""The processes themselves: what holds them up when one dies."""
