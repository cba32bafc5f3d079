"""Initiatives and activities, who takes part in them and how they stand in time."""
