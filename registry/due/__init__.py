"""Until when something was promised or planned: each move of a term, and when to look again."""
