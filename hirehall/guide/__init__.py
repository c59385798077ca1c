"""Floor of the guide: finding, measuring and advising. Reads the floors below, writes none of them."""
