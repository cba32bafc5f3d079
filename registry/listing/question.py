"""A question to a list: read from parameters, with every mistake named at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from .. import clock
from ..access import Actor, visible_to
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind
from ..record import REFERENCE, Record
from .filters import NONE, Filter, filters, ranges, sorts

PER_PAGE = 20
MOST = 100
LONGEST = 200  # characters of what is searched for
DIGITS = 12  # a number of more is refused unread
COMMON = ("q", "sort", "perPage", "cursor", "asOf", "updatedSince", "count")
EDITORIAL = ("workflow", "audience")


@dataclass
class Question:
    """What is asked of the list of one kind."""

    kind: Kind
    q: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    ranges: dict[str, date] = field(default_factory=dict)
    sort: list[tuple[str, bool]] = field(default_factory=list)
    page: int = 1
    per_page: int = PER_PAGE
    cursor: str | None = None
    as_of: date = field(default_factory=clock.as_of)
    updated_since: datetime | None = None
    count: bool = False


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
        plain = given.isascii() and given.isdigit() and len(given) <= DIGITS
        if plain and 1 <= int(given) <= high:
            return int(given)
        self.wrong(name, NUMBER, high=high)
        return default

    def flag(self, name: str) -> None:
        if self.one(name) not in (None, "true", "false"):
            self.wrong(name, ALLOWED, allowed="true, false")

    def short(self, name: str, most: int) -> None:
        if len(self.one(name) or "") > most:
            self.wrong(name, LONG, most=most)

    def day(self, name: str) -> date | None:
        day: date | None = self._iso(name, date.fromisoformat, DAY)
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
LONG = Message("Give at most {most} characters.", "Geef hoogstens {most} tekens.", "too_long")
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


def ask(
    kind: Kind, actor: Actor, args: Mapping[str, Sequence[str]], *, html: bool = False
) -> Question:
    """Read the question in `args`. Raises Invalid with every wrong parameter at once.

    A screen ignores parameters that it does not know; the API refuses them.
    """
    reader = _Reader(args)
    known, spans = filters(kind, actor.view), ranges(kind)
    if not html:
        _refuse_unknown(reader, [*COMMON, *known, *spans])
        reader.flag("count")
        reader.short("q", LONGEST)
    question = Question(
        kind,
        q=(reader.one("q") or "")[:LONGEST],
        filters=_filters(reader, known, actor),
        ranges={name: day for name in spans if (day := reader.day(name))},
        sort=_sort(reader, kind),
        page=reader.number("page", 1, 1_000_000),
        per_page=reader.number("perPage", PER_PAGE, MOST),
        cursor=reader.one("cursor"),
        as_of=reader.day("asOf") or clock.as_of(),
        updated_since=reader.moment("updatedSince"),
        count=reader.one("count") == "true",
    )
    if reader.errors:
        raise Invalid(reader.errors)
    return question


def _refuse_unknown(reader: _Reader, allowed: list[str]) -> None:
    for name in reader.args:
        if name not in allowed:
            reader.wrong(name, UNKNOWN, allowed=", ".join(sorted(set(allowed))))


def _filters(reader: _Reader, known: Mapping[str, Filter], actor: Actor) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, item in known.items():
        values = [value.strip() for value in reader.args.get(name, ()) if value.strip()]
        if not values:
            continue
        allowed = item.allowed()
        wrong = [value for value in values if allowed is not None and value not in allowed]
        if wrong and allowed is not None:
            reader.wrong(name, ALLOWED, allowed=", ".join(allowed))
        elif item.type == "number" and not all(_year(value) for value in values):
            reader.wrong(name, NUMBER, high=9999)
        elif "\x00" in "".join(values):
            reader.wrong(name, Message("Not a value.", "Geen waarde.", "wrong_type"))
        elif item.type == "reference" and not all(_reference(value) for value in values):
            reader.wrong(name, MALFORMED)
        else:
            found[name] = list(dict.fromkeys(values))[:50]
    _refuse_nowhere(reader, known, found, actor)
    return found


def _refuse_nowhere(
    reader: _Reader, known: Mapping[str, Filter], found: Mapping[str, list[str]], actor: Actor
) -> None:
    """Refuse a reference to nothing; what is hidden from `actor` is nothing, too."""
    asked = {n: [v for v in found[n] if v != NONE] for n in found if known[n].type == "reference"}
    references = {value for values in asked.values() for value in values}
    if not references:
        return
    query = select(Record.reference, Record.kind)
    query = query.where(Record.reference.in_(sorted(references)), visible_to(actor))
    there = dict(session().execute(query).all())
    for name, values in asked.items():
        kinds = known[name].kinds()
        for value in values:
            if there.get(value) not in kinds:
                reader.wrong(name, NOWHERE, reference=value)


def _reference(value: str) -> bool:
    return value == NONE or REFERENCE.fullmatch(value) is not None


def _year(value: str) -> bool:
    return value == NONE or (value.isascii() and value.isdigit() and len(value) <= 4)


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
