"""Figures with their caveats."""
