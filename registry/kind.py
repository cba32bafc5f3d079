"""The kinds of records: for each entity its model, schema and words. Doors and generic commands
read this book; features write in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .access import Permission
from .record import Audience
from .schema import RecordSchema
from .words import Words


@dataclass(frozen=True)
class Kind:
    """One kind of record, as every door knows it."""

    name: str  # "initiative"
    prefix: str  # "INI"
    collection: str  # "initiatives": in URLs, files and the API
    model: Any
    schema: type[RecordSchema]
    words: Words  # one of them
    plural: Words  # menu and heading
    intro: Words
    contributed: bool = False  # logged by the core group; otherwise kept by the secretariat
    order: int = 0
    first: str = ""  # what its list is sorted by unless asked otherwise; else by title
    keeps: bool = False  # its records are the organisations that keep others and take part
    audience: Audience = Audience.PUBLIC  # for whom a new one is meant
    followed: Words | None = None  # said where it is decided who may see one
    heading: Callable[[dict[str, Any], str], str] | None = field(default=None)

    @property
    def create(self) -> Permission:
        return Permission.CONTRIBUTION_CREATE if self.contributed else Permission.FRAMEWORK_CREATE

    @property
    def edit(self) -> Permission:
        return Permission.CONTRIBUTION_EDIT if self.contributed else Permission.FRAMEWORK_EDIT

    @property
    def delete(self) -> Permission:
        if self.contributed:
            return Permission.CONTRIBUTION_DELETE
        return Permission.FRAMEWORK_DELETE

    @property
    def title_field(self) -> str:
        """The attribute that names it: `title`, `name`, `text` or `statement`."""
        first: str = self.model.__ref__[0]
        return first

    @property
    def dictionary(self) -> RecordSchema:
        """The fields of this kind, to read about and to load with: one instance for everybody, as
        making one is dear and loading leaves nothing in it."""
        return _dictionary(self.schema)

    def title(self, item: dict[str, Any], lang: str) -> str:
        """How a screen calls this record, from its JSON."""
        if self.heading is not None:
            return self.heading(item, lang)
        english = item.get(f"{self.title_field}En") if lang == "en" else None
        return str(english or item[self.title_field])


@cache
def _dictionary(schema: type[RecordSchema]) -> RecordSchema:
    return schema()


_kinds: dict[str, Kind] = {}


def define(kind: Kind) -> Kind:
    """Enter a kind in the book."""
    _kinds[kind.name] = kind
    return kind


def kinds() -> Iterator[Kind]:
    """All kinds in the order of the menu."""
    return iter(sorted(_kinds.values(), key=lambda kind: kind.order))


def kind_named(name: str) -> Kind:
    """The kind with this name. Raises KeyError."""
    return _kinds[name]


def kind_in(collection: str) -> Kind | None:
    """The kind that lives in this collection, or None."""
    return next((kind for kind in _kinds.values() if kind.collection == collection), None)


def kinds_in_order() -> list[Kind]:
    """All kinds, what is pointed at before what points: the order of the rooms from below."""
    return list(_kinds.values())
