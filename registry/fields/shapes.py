"""The shapes that a text can be asked to have, each with what to say where it has not."""

from marshmallow import validate

from ..errors import Message

END = r"\Z"


def _shape(pattern: str, en: str, nl: str) -> validate.Regexp:
    return validate.Regexp(rf"(?:{pattern}){END}", error=Message(en, nl, "pattern"))


DIGITS = _shape("[0-9]+", "Use digits only, such as 25883.", "Gebruik alleen cijfers, zoals 25883.")
CAPITALS = _shape(
    "[A-Z][A-Z0-9]*",
    "Use capitals and digits, beginning with a capital, such as XV.",
    "Gebruik hoofdletters en cijfers, te beginnen met een hoofdletter, zoals XV.",
)
LETTERS_AND_DIGITS = _shape(
    "[0-9A-Za-z]+",
    "Use letters and digits only, such as 405.",
    "Gebruik alleen letters en cijfers, zoals 405.",
)
SHA256 = _shape(
    "[0-9a-fA-F]{64}",
    "Give 64 digits of 0-9 and a-f.",
    "Geef 64 tekens: cijfers en de letters a tot en met f.",
)
CLOCK = _shape(
    "(?:[01][0-9]|2[0-3]):[0-5][0-9]",
    "Give a time as HH:MM, such as 13:30.",
    "Geef een tijd als UU:MM, zoals 13:30.",
)
