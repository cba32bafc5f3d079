"""Signing in: sessions kept in the database, the limits on attempts, and proof asked again."""
