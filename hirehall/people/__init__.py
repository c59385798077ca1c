"""Floor of the people: who is here, how they sign in, and how they are reached."""
