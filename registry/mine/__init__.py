"""One's own account: its details, password, second step, sessions, and what happened to it."""
