"""Versions of the plan of action: frozen under a name, compared, adopted and followed."""
