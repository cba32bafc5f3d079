"""Many changes in one request: each on its own, or all or nothing."""
