"""Whose view it is: causes and views side by side per holder, and one letter by the other."""
