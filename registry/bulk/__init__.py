"""Changing many records at once: the same small change on each, previewed, all or nothing."""
