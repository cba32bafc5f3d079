"""Meetings of the core group and others: who was there, what was decided, who does what."""
