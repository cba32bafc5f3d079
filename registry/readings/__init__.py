"""Policy dates as they were read: by which day, and whether a convention now reads otherwise."""
