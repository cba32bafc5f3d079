"""Records as they stood: replayed from the book of changes, verified against it, and put back."""
