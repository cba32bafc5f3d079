"""A question to a list: read from parameters, with every mistake named at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .. import clock
from ..access import Actor
from ..errors import Invalid, Message
from ..kind import Kind
from ..projection import WHOLE, Selection
from ..record import REFERENCE
from . import selecting
from .filters import NONE, Filter, filters
from .references import there
from .sorts import sorts
from .spans import Span, spans

PER_PAGE = 20
MOST = 100
DIGITS = 12  # a number of more is refused unread
VALUES = 50  # of one filter
LONGEST_Q = 200
OWN = ("q", "highlight", "sort", "perPage", "cursor", "asOf", "count")
COMMON = (*OWN, *selecting.PARAMETERS)
EDITORIAL = ("workflow", "audience")
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
AMOUNT = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
LARGEST = 1e15
Limit = date | datetime | float


@dataclass
class Question:
    """What is asked of the list of one kind."""

    kind: Kind
    q: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    ranges: dict[str, Limit] = field(default_factory=dict)
    sort: list[tuple[str, bool]] = field(default_factory=list)
    page: int = 1
    per_page: int = PER_PAGE
    cursor: str | None = None
    as_of: date = field(default_factory=clock.as_of)
    count: bool = False
    highlight: bool = False
    selection: Selection = WHOLE


class _Reader:
    """Reads parameters one by one and collects what is wrong."""

    def __init__(self, args: Mapping[str, Sequence[str]]) -> None:
        self.args = args
        self.errors: dict[str, list[Message]] = {}

    def one(self, name: str) -> str | None:
        given = self.args.get(name, ())
        if len(given) > 1:
            self.errors[name] = [ONCE]
            return None
        return given[0].strip() or None if given else None

    def wrong(self, name: str, message: Message, **values: object) -> None:
        self.errors.setdefault(name, []).append(message.format(**values))

    def number(self, name: str, default: int, high: int) -> int:
        given = self.one(name)
        if given is None:
            return default
        found = whole_number(given, high)
        if found is None:
            self.wrong(name, NUMBER, high=high)
        return found or default

    def flag(self, name: str) -> bool:
        given = self.one(name)
        if given not in (None, "true", "false"):
            self.wrong(name, ALLOWED, allowed="true, false")
        return given == "true"

    def amount(self, name: str) -> float | None:
        given = self.one(name)
        if given is None:
            return None
        if AMOUNT.fullmatch(given) and abs(float(given)) <= LARGEST:
            return float(given)
        self.wrong(name, AMOUNTS)
        return None

    def limit(self, span: Span) -> Limit | None:
        read = {"day": self.day, "moment": self.moment, "number": self.amount}
        found: Limit | None = read[span.type](span.name)
        return found

    def day(self, name: str) -> date | None:
        day: date | None = self._iso(name, clock.day, DAY)
        return day

    def moment(self, name: str) -> datetime | None:
        found: datetime | None = self._iso(name, clock.moment, MOMENT)
        return found

    def _iso(self, name: str, read: Any, message: Message) -> Any:
        given = self.one(name)
        if given is None:
            return None
        try:
            return read(given)
        except ValueError:
            self.wrong(name, message)
            return None


NUMBER = Message(
    "Give a whole number from 1 to {high}.", "Geef een geheel getal van 1 tot {high}.", "range"
)
AMOUNTS = Message("Give a number, such as 5 or -2.5.", "Geef een getal, zoals 5 of -2.5.", "number")
INTEGERS = Message("Give whole numbers, or none.", "Geef gehele getallen, of none.", "number")
MANY = Message("At most {most} values.", "Hoogstens {most} waarden.", "too_many")
LONG = Message("At most {most} characters.", "Hoogstens {most} tekens.", "too_long")
WORDLESS = Message(
    "Words are marked where q gives some.",
    "Er is iets te markeren als q woorden geeft.",
    "wordless",
)
DAY = Message("Give a day as YYYY-MM-DD.", "Geef een dag als JJJJ-MM-DD.", "wrong_type")
MOMENT = Message(
    "Give a moment with its offset, such as 2021-01-11T09:00:00Z.",
    "Geef een moment met tijdzone, zoals 2021-01-11T09:00:00Z.",
    "wrong_type",
)
UNKNOWN = Message(
    "There is no such parameter. There are: {allowed}.",
    "Deze parameter bestaat niet. Wel: {allowed}.",
    "unknown_parameter",
)
ONCE = Message("Give this once.", "Geef dit één keer.", "repeated")
MALFORMED = Message(
    "Give a reference such as ORG-0001, or none.",
    "Geef een kenmerk zoals ORG-0001, of none.",
    "pattern",
)
NOWHERE = Message(
    "There is no {reference} to choose.",
    "{reference} bestaat niet of is niet te kiezen.",
    "unknown_reference",
)
ALLOWED = Message("Choose from: {allowed}.", "Kies uit: {allowed}.", "not_allowed")


def whole_number(text: str, high: int) -> int | None:
    """The whole number from 1 to `high` that a text is; None where it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    found = int(text)
    return found if 1 <= found <= high else None


def ask(
    kind: Kind, actor: Actor, args: Mapping[str, Sequence[str]], *, html: bool = False
) -> Question:
    """Read the question in `args`. Raises Invalid with every wrong parameter at once.

    A screen ignores parameters that it does not know; the API refuses them.
    """
    reader = _Reader(args)
    known, bounds = filters(kind, actor.view), spans(kind, actor.view)
    if not html:
        _refuse_unknown(reader, [*COMMON, *known, *bounds])
        _refuse_contradiction(reader)
    question = Question(
        kind,
        q=(reader.one("q") or "")[:LONGEST_Q],
        filters=_filters(reader, known, actor),
        ranges=_ranges(reader, bounds),
        sort=_sort(reader, kind),
        page=reader.number("page", 1, 1_000_000),
        per_page=reader.number("perPage", PER_PAGE, MOST),
        cursor=reader.one("cursor"),
        as_of=reader.day("asOf") or clock.as_of(),
        count=reader.flag("count"),
        highlight=reader.flag("highlight"),
        selection=WHOLE if html else selecting.selected(reader, kind, actor.view),
    )
    selecting.affordable(reader, actor.view, question)
    if reader.errors:
        raise Invalid(reader.errors)
    return question


def ask_of_one(kind: Kind, actor: Actor, args: Mapping[str, Sequence[str]]) -> Selection:
    """What is asked of one record. Raises Invalid with every wrong parameter at once."""
    reader = _Reader(args)
    selection = selecting.selected(reader, kind, actor.view)
    selecting.affordable(reader, actor.view, Question(kind, per_page=1, selection=selection))
    if reader.errors:
        raise Invalid(reader.errors)
    return selection


def _refuse_unknown(reader: _Reader, allowed: list[str]) -> None:
    for name in reader.args:
        if name not in allowed:
            reader.wrong(name, UNKNOWN, allowed=", ".join(sorted(set(allowed))))


def _refuse_contradiction(reader: _Reader) -> None:
    """A program is told what a page just does without."""
    words = reader.one("q") or ""
    if len(words) > LONGEST_Q:
        reader.wrong("q", LONG, most=LONGEST_Q)
    if reader.one("highlight") == "true" and not words:
        reader.wrong("highlight", WORDLESS)


def _ranges(reader: _Reader, known: Mapping[str, Span]) -> dict[str, Limit]:
    asked = [known[name] for name in reader.args if name in known]
    given = {span.name: reader.limit(span) for span in asked}
    return {name: limit for name, limit in given.items() if limit is not None}


def _filters(reader: _Reader, known: Mapping[str, Filter], actor: Actor) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in reader.args:
        item = known.get(name)
        values = [value.strip() for value in reader.args[name] if value.strip()]
        if item is None or not values:
            continue
        wrong = _wrong(item, values)
        if wrong is not None:
            reader.errors.setdefault(name, []).append(wrong)
        else:
            found[name] = list(dict.fromkeys(values))
    _refuse_nowhere(reader, known, found, actor)
    return found


def _wrong(item: Filter, values: list[str]) -> Message | None:
    """Why these values cannot be asked of a filter, or None."""
    allowed = item.allowed()
    if len(values) > VALUES:
        return MANY.format(most=VALUES)
    if allowed is not None and not set(values) <= set(allowed):
        return ALLOWED.format(allowed=", ".join(allowed))
    if item.type == "number" and not all(_whole(value) for value in values):
        return INTEGERS
    if "\x00" in "".join(values):
        return Message("Not a value.", "Geen waarde.", "wrong_type")
    named = item.names or item.type == "reference"
    if named and not all(_reference(value) for value in values):
        return MALFORMED
    return None


def _refuse_nowhere(
    reader: _Reader, known: Mapping[str, Filter], found: Mapping[str, list[str]], actor: Actor
) -> None:
    """Refuse a reference to nothing; what is hidden from `actor` is nothing, too."""
    asked = {n: [v for v in found[n] if v != NONE] for n in found if known[n].type == "reference"}
    references = {value for values in asked.values() for value in values}
    if not references:
        return
    known_here = there(sorted(references), actor)
    for name, values in asked.items():
        kinds = known[name].kinds()
        for value in values:
            if known_here.get(value) not in kinds:
                reader.wrong(name, NOWHERE, reference=value)


def _reference(value: str) -> bool:
    return value == NONE or REFERENCE.fullmatch(value) is not None


def _whole(value: str) -> bool:
    return value == NONE or WHOLE_NUMBER.fullmatch(value) is not None


def _sort(reader: _Reader, kind: Kind) -> list[tuple[str, bool]]:
    given = reader.one("sort")
    if given is None:
        return []
    allowed = sorts(kind)
    wanted = [(part.removeprefix("-"), part.startswith("-")) for part in given.split(",")]
    if any(name not in allowed for name, _ in wanted) or len(wanted) > 5:
        reader.wrong("sort", ALLOWED, allowed=", ".join(allowed))
        return []
    return wanted
