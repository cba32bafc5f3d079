"""What an annex says, as a document: composed content goes in, a paper in Dutch or English comes
out. Nothing is looked up: what is printed is what was composed or frozen."""
