"""Files that people read in: kept, matched, compared with what is there; then all or nothing."""
