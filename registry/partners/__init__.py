"""Organisations, groups named only as a category, and their part in the collaboration."""
