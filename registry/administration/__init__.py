"""What the secretariat keeps up: vocabularies and reading conventions."""
