"""Two records of the same thing become one: what points at the one points at the other then."""
