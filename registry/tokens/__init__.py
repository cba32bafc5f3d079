"""Bearer tokens of the JSON API: shown once, stored as a hash."""
