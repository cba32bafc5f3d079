"""The body of a request: strict JSON in UTF-8, refused with every reason before it is used."""

import json
import math
from collections import Counter
from collections.abc import Collection
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from .. import schema
from ..db import is_text
from ..errors import Invalid, Message
from ..words import Words
from .problems import Unreadable, below

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
FORM = "multipart/form-data"
DEEPEST = 32
ROWS = 500
"""Rows of one list in a body."""
TEXT = 100_000
"""Characters of one text in a body."""
SYNTAX = Message(
    "This is no JSON from line {line}, character {character} on.",
    "Dit is geen JSON vanaf regel {line}, teken {character}.",
    "json",
)
UTF_8 = Message("This is no text in UTF-8.", "Dit is geen tekst in UTF-8.", "json")
DEEP = Message("Nested too deeply.", "Te diep genest.", "too_deep")
NUMBER = Message("Not a number that JSON knows.", "Geen getal dat JSON kent.", "number")
UNKNOWN = Message(
    "There is no such part here.", "Dit onderdeel bestaat hier niet.", "unknown_field"
)
TWICE = Message("This name is there twice.", "Deze naam staat er twee keer.", "duplicate_key")
MANY_ROWS = Message(
    "Send at most {most} rows in one list.",
    "Stuur hoogstens {most} rijen in één lijst.",
    "too_many",
)
LONG = Message(
    "At most {most} characters fit here.", "Hier passen hoogstens {most} tekens.", "too_long"
)
UNSEEN = Message(
    "Remove characters that are no text.", "Verwijder tekens die geen tekst zijn.", "no_text"
)


def body(media: str) -> Any:
    """The JSON of this request. Raises Unreadable (415), RequestEntityTooLarge or Invalid."""
    _require_media(media)
    data = request.get_data()
    most = request.max_content_length
    if request.content_length is None and most is not None and len(data) >= most:
        raise RequestEntityTooLarge  # in chunks, and cut off there
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _whole(UTF_8) from error
    return _Reader().read(text)


def nothing() -> None:
    """Require that the body of this request says nothing: it is empty, or an object without
    anything in it. Raises as `body` does."""
    if request.get_data():
        schema.loaded(schema.BaseSchema(), body(JSON))


def _require_media(media: str) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    encoded = request.headers.get("Content-Encoding", "identity").lower() != "identity"
    if request.mimetype != media or charset not in ("utf-8", "utf8") or encoded:
        raise Unreadable(
            415,
            Words(
                f"Stuur {media} in UTF-8, niet gecomprimeerd.",
                f"Send {media} in UTF-8, not compressed.",
            ),
        )


def only_parts(names: Collection[str]) -> None:
    """Require a form with files that has no other parts than these, each at most once. Raises
    Unreadable (415) or Invalid."""
    if request.mimetype != FORM:
        raise Unreadable(415, Words(f"Stuur {FORM}.", f"Send {FORM}."))
    parts = [name for sent in (request.form, request.files) for name, _ in sent.items(multi=True)]
    wrong: dict[str, Any] = {name: [UNKNOWN] for name in parts if name not in names}
    wrong |= {name: [TWICE] for name in names if parts.count(name) > 1}
    if wrong:
        raise Invalid(wrong)


def _whole(message: Message) -> Invalid:
    return Invalid({"_schema": [message]})


class _Reader:
    """Parses, and keeps what the parser of the standard library lets pass."""

    def __init__(self) -> None:
        self.twice: dict[int, list[str]] = {}
        self.errors: list[tuple[str, Message]] = []

    def read(self, text: str) -> Any:
        """The value. Raises Invalid with all that is wrong with it."""
        try:
            value = json.loads(
                text,
                object_pairs_hook=self._object,
                parse_constant=self._constant,
                parse_float=self._float,
            )
        except json.JSONDecodeError as error:
            at = SYNTAX.format(line=error.lineno, character=error.colno)
            raise _whole(at) from error
        except RecursionError as error:
            raise _whole(DEEP) from error
        except ValueError as error:
            raise _whole(NUMBER) from error
        self._walk(value)
        if self.errors:
            raise _Pointed(self.errors)
        return value

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = Counter(name for name, _ in pairs)
            self.twice[id(made)] = sorted(name for name, times in names.items() if times > 1)
        return made

    @staticmethod
    def _constant(name: str) -> float:
        raise ValueError(name)

    @staticmethod
    def _float(text: str) -> float:
        number = float(text)
        if math.isinf(number):
            raise ValueError(text)
        return number

    def _walk(self, value: Any) -> None:
        waiting = [(value, "", 0)]
        while waiting:
            item, pointer, depth = waiting.pop()
            if depth > DEEPEST:
                raise _whole(DEEP)
            if isinstance(item, dict):
                self._names(item, pointer)
                waiting += [(v, below(pointer, k), depth + 1) for k, v in item.items()]
            elif isinstance(item, list):
                waiting += [(v, below(pointer, i), depth + 1) for i, v in enumerate(item)]
            elif isinstance(item, str) and not is_text(item):
                self.errors.append((pointer, UNSEEN))
            self._length(item, pointer)

    def _length(self, item: Any, pointer: str) -> None:
        if isinstance(item, list) and len(item) > ROWS:
            self.errors.append((pointer, MANY_ROWS.format(most=ROWS)))
        elif isinstance(item, str) and len(item) > TEXT:
            self.errors.append((pointer, LONG.format(most=TEXT)))

    def _names(self, item: dict[str, Any], pointer: str) -> None:
        for name in self.twice.get(id(item), ()):
            self.errors.append((below(pointer, name) if is_text(name) else pointer, TWICE))
        for name in [name for name in item if not is_text(name)]:
            self.errors.append((pointer, UNSEEN))
            del item[name]


class _Pointed(Invalid):
    """Errors that know their JSON pointer already."""

    def __init__(self, errors: list[tuple[str, Message]]) -> None:
        tree: dict[str, Any] = {}
        for pointer, message in errors:
            at = tree
            for part in pointer.split("/")[1:]:
                at = at.setdefault(part.replace("~1", "/").replace("~0", "~"), {})
            at.setdefault("_schema", []).append(message)
        super().__init__(tree)
