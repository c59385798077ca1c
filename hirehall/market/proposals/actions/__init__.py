"""Writes of proposals: what the freelancer does, what the client decides, and what follows from the job."""
