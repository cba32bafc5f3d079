"""Pairs of Dutch and English words: what the screens say, complete in both languages by type."""

from typing import NamedTuple


class Words(NamedTuple):
    """One text in the two languages of the screens."""

    nl: str
    en: str

    def in_(self, lang: str) -> str:
        """The text in language `lang` ("nl" or "en"); any other language reads Dutch."""
        return self.en if lang == "en" else self.nl
