"""Themes, sectors, groups, causes with their claims, and views on what should be done."""
