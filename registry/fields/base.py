"""What every field of the dictionary says of itself, and how it refuses."""

import re
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields

from ..access import LEVEL, View
from ..errors import Message
from ..record import Audience
from ..words import Words

BLANK = Message("Fill this in.", "Vul dit in.", "required")
# The marks that turn the direction of text make a page show something else than what is stored;
# the joiners that emoji and some scripts need are left alone.
UNREADABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    r"\u202a-\u202e\u2066-\u2069]"
)
ERRORS = {
    "required": BLANK,
    "null": BLANK,
    "validator_failed": Message("Not a valid value.", "Dit is geen geldige waarde.", "invalid"),
    "invalid": Message("Not a valid value.", "Dit is geen geldige waarde.", "invalid"),
    "type": Message("Give a list of rows.", "Geef een lijst van rijen.", "wrong_type"),
}


@dataclass(frozen=True)
class About:
    """What the dictionary says of one field, apart from its type."""

    words: Words
    hint: Words | None = None
    section: str = "main"
    fact: bool = False
    search: bool = False
    filter: bool = False
    sort: bool = False
    column: bool = False
    paste: bool = False
    view: View = View.PUBLIC
    editors: View = View.PUBLIC


class Described(fields.Field[Any]):
    """A field with its words and uses. Blank text is null for every type of field."""

    about: About

    def __init__(
        self,
        nl: str,
        en: str,
        *,
        hint: Words | None = None,
        section: str = "main",
        uses: str = "",
        audience: Audience = Audience.PUBLIC,
        editors: Audience = Audience.PUBLIC,
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        use: dict[str, Any] = dict.fromkeys(uses.split(), True)
        use |= {"view": LEVEL[audience], "editors": LEVEL[editors]}
        self.about = About(Words(nl, en), hint, section, **use)
        kwargs.setdefault("metadata", {"description": f"{en} ({nl})"})
        kwargs["error_messages"] = {**ERRORS, **kwargs.get("error_messages", {})}
        super().__init__(required=required, allow_none=not required, **kwargs)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kw: Any) -> Any:
        if isinstance(value, str) and not value.strip():
            value = None
        return super().deserialize(value, attr, data, **kw)


def fail(en: str, nl: str, code: str, **values: object) -> ValidationError:
    """A bilingual validation error."""
    return ValidationError(Message(en, nl, code).format(**values))
