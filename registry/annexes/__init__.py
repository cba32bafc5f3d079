"""What an annex says: composed on a day, frozen for good, compared, and written as a file."""
