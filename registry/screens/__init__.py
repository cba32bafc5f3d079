"""The screens that are read off the schemas: the list and the page of a kind, and search."""

from .kinds import screens

__all__ = ["screens"]
