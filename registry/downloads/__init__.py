"""Lists as files: exactly what the list shows, in the one format that is read again."""
