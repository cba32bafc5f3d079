"""What is held about a person: written out, and erased, by one command at the terminal."""
