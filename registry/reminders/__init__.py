"""When somebody is reminded of a term, or of a record that is not up to date; and what was sent."""
