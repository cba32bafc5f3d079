"""Import and export: files are one more door to the commands."""
