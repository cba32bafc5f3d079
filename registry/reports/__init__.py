"""The annex to a progress letter: what is asked of it, and what was said of its lines."""
