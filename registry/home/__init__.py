"""The first page, and the pages about the registry itself."""
