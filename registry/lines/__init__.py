"""The lines of an annex: which there are, and what a page shows of them."""
