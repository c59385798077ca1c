"""Measures the main pages beside a bare page on the same server, with 2,000 and 20,000 people."""
