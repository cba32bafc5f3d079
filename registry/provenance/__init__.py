"""Where facts come from, as rules: what cites, what is cited, and what members state themselves."""
