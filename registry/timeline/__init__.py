"""Initiatives, commitments and milestones on one line of time."""
