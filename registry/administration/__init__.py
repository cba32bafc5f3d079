"""What the secretariat and the administrator keep up: people, vocabularies, reading conventions."""
