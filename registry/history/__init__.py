"""Pages over the book of changes, and records as they stood at an earlier moment."""
