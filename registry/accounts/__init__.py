"""People: accounts, the roles granted to them, signing in."""
