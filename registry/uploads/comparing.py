"""What a file says against what is there: only what differs goes to a command, and is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from .. import nesting, vocabulary
from ..access import View
from ..downloads.columns import Column, columns, value
from ..errors import Message
from ..exchange.conversions import converted
from ..fields import Amount, Code, Computed, Described, Flag, Policy, Ref, Rows, find
from ..forms.policy import reading
from ..schema import BaseSchema
from ..tables import Row
from ..words import Words

Payload = dict[str, Any]
DAYS = ("earliest", "latest")
NEW_ROW = Words("nieuwe rij", "new row")
GONE_ROW = Words("rij verdwijnt", "row is removed")
YES, NO = Words("ja", "yes"), Words("nee", "no")
COMPUTED = Message(
    "This column is computed and has not been read: change what it comes from.",
    "Deze kolom wordt berekend en is niet gelezen: wijzig waar hij uit volgt.",
    "read_only",
)


@dataclass(frozen=True)
class Difference:
    """One thing that a file changes: where, from what, to what."""

    label: Words
    old: str
    new: str


class Comparison:
    """The differences of one record. `payload` holds only what differs, `kept` the row of the
    file behind each row of a list in it."""

    def __init__(
        self,
        schema: BaseSchema,
        current: Payload,
        wanted: Payload,
        kept: Mapping[str, list[Row]],
        lang: str,
    ) -> None:
        self.lang = lang
        self.kept: dict[str, list[Row]] = {}
        self.differences: list[Difference] = []
        self.payload: Payload = {}
        for name, given in wanted.items():
            field = _field(schema, name)
            if isinstance(field, Rows):
                self._rows(field, name, current.get(name) or [], given, kept[name])
            else:
                self.payload |= self._one(field, name, current.get(name), given, Words("", ""))

    def _one(self, field: Described, name: str, old: Any, new: Any, before: Words) -> Payload:
        changed = _changed(field, old, new)
        if not changed:
            return {}
        words = field.about.words
        label = Words(before.nl + words.nl, before.en + words.en)
        self.differences.append(
            Difference(label, self._say(field, old), self._say(field, changed[0]))
        )
        return {name: changed[0]}

    def _say(self, field: Described, given: Any) -> str:
        return shown(field, given, self.lang)

    def _rows(
        self, field: Rows, name: str, current: list[Payload], wanted: list[Payload], kept: list[Row]
    ) -> None:
        """Rows in another order are the same rows; what is new comes after what is there."""
        merged = nesting.merge(field.schema, current, wanted)
        place = {row["key"]: index for index, row in enumerate(current)}
        order = sorted(
            range(len(merged)),
            key=lambda i: place.get(merged[i].get("key"), len(place) + i),
        )
        count, rows = len(self.differences), []
        for index in order:
            key = merged[index].get("key")
            old = current[place[key]] if key in place else None
            rows.append(self._row(field, old, wanted[index]))
        found = {row.get("key") for row in rows}
        for old in (row for row in current if row["key"] not in found):
            label = _of(field, GONE_ROW)
            self.differences.append(Difference(label, in_words(field.schema, old, self.lang), ""))
        if len(self.differences) > count:
            self.payload[name] = rows
            self.kept[name] = [kept[index] for index in order]

    def _row(self, field: Rows, old: Payload | None, new: Payload) -> Payload:
        if old is None:
            label = _of(field, NEW_ROW)
            self.differences.append(Difference(label, "", in_words(field.schema, new, self.lang)))
            return new
        row = {"key": old["key"]}
        words = in_words(field.schema, old, self.lang)[:60]
        about = field.about.words
        before = Words(f"{about.nl}, {words}: ", f"{about.en}, {words}: ")
        for name, given in new.items():
            if name != "key":
                row |= self._one(_field(field.schema, name), name, old.get(name), given, before)
        return row


def _of(field: Rows, what: Words) -> Words:
    about = field.about.words
    return Words(f"{about.nl}: {what.nl}", f"{about.en}: {what.en}")


def _field(schema: BaseSchema, name: str) -> Any:
    return next(f for n, f in schema.load_fields.items() if (f.data_key or n) == name)


def _changed(field: Described, old: Any, new: Any) -> list[Any]:
    """[what to send] where the file says something else, else nothing."""
    if isinstance(field, Policy):
        return _time(old, new)
    return [] if _plain(field, old) == _plain(field, new) else [new]


def _time(old: Any, new: Any) -> list[Any]:
    """Words and days that both stand as they were are left alone. Days beside words that changed
    count only where they were given, or changed too: else they are read from the new words."""
    if not old or not new:
        return [new] if old or new else []
    same_days = all(new.get(part) == old[part] for part in DAYS if part in new)
    if (new.get("text") or None) == old["text"]:
        return [] if same_days else [{**_bare(new), "anchor": old["anchor"]}]
    read = reading(old["text"], old["anchor"])
    told = [day.isoformat() if day else None for day in (read.earliest, read.latest)]
    if same_days and told == [old[part] for part in DAYS]:
        return [{"text": new.get("text")}]
    return [_bare(new)]


def _bare(new: Payload) -> Payload:
    return {part: new.get(part) for part in ("text", *DAYS)}


def _reference(given: Any) -> Any:
    return given["reference"] if isinstance(given, Mapping) else given


def _plain(field: Described, given: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: _reference(part) for name, part in given.items() if part}
    if given in (None, ""):
        return False if isinstance(field, Flag) else None
    if isinstance(field, Amount):
        try:
            return Decimal(given)
        except (InvalidOperation, TypeError):
            return given
    if isinstance(given, str):
        return given.replace("\r\n", "\n").strip()
    return given


# --- in words -----------------------------------------------------------------------------


def shown(field: Described, given: Any, lang: str) -> str:
    """A value as people read it."""
    if given in (None, "", {}):
        return ""
    if isinstance(field, Policy):
        days = " – ".join(str(given[part]) for part in DAYS if given.get(part))
        return f"{given.get('text') or ''} ({days})".strip() if days else given.get("text") or ""
    if isinstance(given, Mapping) and not isinstance(field, Ref):
        told = (shown(part, given.get(name), lang) for name, part in _parts(field).items())
        return " · ".join(filter(None, told))
    if isinstance(field, Ref):
        given = _reference(given)
        found = find(field.to, given)
        return f"{given} {found.record.title}" if found is not None else str(given)
    if isinstance(field, Code):
        return vocabulary.label(field.of, given).in_(lang)
    if isinstance(field, Flag):
        return (YES if given is True else NO).in_(lang)
    return str(given)


def _parts(field: Any) -> Mapping[str, Any]:
    parts: Mapping[str, Any] = getattr(field, "parts", {})
    return parts


def in_words(schema: BaseSchema, row: Payload, lang: str) -> str:
    """A row of a list on one line."""
    parts = (
        shown(field, row.get(str(field.data_key or name)), lang)
        for name, field in schema.load_fields.items()
        if isinstance(field, Described) and name != "key"
    )
    return " · ".join(filter(None, parts))


def overlooked(schema: BaseSchema, entity: Any, row: Row, lang: str) -> Iterator[tuple[str, str]]:
    """(column, what is there) of computed columns in which the file says something else."""
    for column in columns(schema, View.SECRETARIAT):
        if column.read_only and (cell := row.cells.get(column.name)):
            there = _computed(column, entity)
            like = column.field.like if isinstance(column.field, Computed) else column.field
            if str(converted(like, cell, lang)) != str(there or ""):
                yield column.name, str(there or "")


def _computed(column: Column, entity: Any) -> Any:
    field = column.field
    attribute = str(field.attribute or field.name)
    return value(column, field._serialize(getattr(entity, attribute), attribute, entity))
