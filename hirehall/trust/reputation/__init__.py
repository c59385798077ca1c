"""Feedback both ways: given blind, published together, answered once, changed only with the other side's leave."""
