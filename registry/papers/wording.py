"""The few words that a paper says itself."""

from ..words import Words

NOTES = Words("Noten", "Notes")
BACK = Words("Terug naar de tekst", "Back to the text")
NOTE = Words("Noot", "Note")
PAGE = Words("Pagina", "Page")
OF = Words("van", "of")
