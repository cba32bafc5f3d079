"""Records by the keys that partners have for them in systems of their own."""
