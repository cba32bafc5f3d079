"""The Dutch and English words of policy time, and the plain form in which they are compared."""

import re
import unicodedata
from collections.abc import Iterable

MONTHS_NL = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT_MONTHS = (
    ("jan",), ("feb", "febr"), ("mrt", "mar"), ("apr",), (), ("jun",),
    ("jul",), ("aug",), ("sep", "sept"), ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip

MONTH_NUMBERS = {
    name.lower(): number
    for number, (dutch, english, short) in enumerate(
        zip(MONTHS_NL, MONTHS_EN, _SHORT_MONTHS, strict=True), start=1
    )
    for name in (dutch, english, *short)
}

PARTS = {
    "begin": "begin", "beginning": "begin", "early": "begin", "start": "begin",
    "medio": "medio", "midden": "medio", "mid": "medio", "middle": "medio", "halverwege": "medio",
    "eind": "eind", "einde": "eind", "end": "eind", "late": "eind",
}  # fmt: skip

SEASONS = {
    "voorjaar": "voorjaar", "lente": "voorjaar", "spring": "voorjaar",
    "zomer": "zomer", "summer": "zomer",
    "najaar": "najaar", "herfst": "najaar", "autumn": "najaar", "fall": "najaar",
    "winter": "winter",
}  # fmt: skip

RECESSES = {
    "zomerreces": "summer", "summer recess": "summer",
    "herfstreces": "autumn", "autumn recess": "autumn",
    "kerstreces": "christmas", "winterreces": "christmas", "christmas recess": "christmas",
    "voorjaarsreces": "spring", "krokusreces": "spring", "spring recess": "spring",
    "meireces": "may", "may recess": "may",
}  # fmt: skip

ORDINALS = {
    "eerste": 1, "1e": 1, "1ste": 1, "first": 1, "1st": 1,
    "tweede": 2, "2e": 2, "2de": 2, "second": 2, "2nd": 2,
    "derde": 3, "3e": 3, "3de": 3, "third": 3, "3rd": 3,
    "vierde": 4, "4e": 4, "4de": 4, "fourth": 4, "4th": 4,
    "laatste": -1, "last": -1,
}  # fmt: skip

# How many years, months or seasons a word points away from the one it is written in.
SHIFTS = {
    "dit": 0, "deze": 0, "this": 0, "huidig": 0, "huidige": 0, "current": 0, "lopend": 0,
    "lopende": 0,
    "volgend": 1, "volgende": 1, "komend": 1, "komende": 1, "aankomend": 1, "aankomende": 1,
    "aanstaande": 1, "next": 1, "coming": 1, "upcoming": 1,
    "vorig": -1, "vorige": -1, "afgelopen": -1, "verleden": -1, "voorbije": -1, "last": -1,
    "past": -1, "previous": -1,
}  # fmt: skip
PAST = frozenset({"afgelopen", "voorbije", "past"})

_QUOTES = re.compile(r"[\"'«»“”„‟‘’‚‹›`´]")
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONG_DASH = re.compile(r"\s*[‐‑‒–—―−]\s*")
_LONE_DOT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches any of `words`, the longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def clean(text: str) -> str:
    """`text` on one line, without characters that no database or screen takes."""
    return " ".join("".join(" " if is_control(char) else char for char in text).split())


def is_control(char: str) -> bool:
    """Whether `char` is a control character, half of a surrogate pair or turns the direction."""
    return unicodedata.category(char) in ("Cc", "Cs") or char in _TURNS


def plain(text: str) -> str:
    """`text` in lower case, without accents, quotes, commas or the dots of abbreviations."""
    spread = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(char for char in spread if unicodedata.category(char) not in ("Mn", "Cf"))
    bare = _QUOTES.sub("", bare).replace(",", " ").replace(";", " ")
    bare = _LONG_DASH.sub(" - ", bare)
    return " ".join(_LONE_DOT.sub("", bare).split()).strip(" :-")
