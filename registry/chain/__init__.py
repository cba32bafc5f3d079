"""The way of a commitment: from debate to the letter that settles it, and what follows."""
