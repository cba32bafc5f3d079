"""Where a term stands on the reference date: computed, and never whether somebody was late."""
