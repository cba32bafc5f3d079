"""Where the road to the plan stands on a reference date: figures, each with the list of what it
counts."""
