"""Who says what of which cause, and what should be done according to whom: three queries, and what
follows from them.

A holder is an organisation, an office, or words; nobody is resolved to somebody else. What a
holder says is compared between documents only where that holder speaks in more than one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from ..access import acting, visible_to
from ..db import session
from ..kind import Kind
from ..projection import project
from ..record import Record
from ..sources.models import Document
from ..themes.schemas import CAUSE, VIEW

Item = Mapping[str, Any]
NAMES, DENIES, STUDIED = "names", "denies", "to_be_studied"
LAST = 10**6


@dataclass(frozen=True)
class Said:
    """That somebody said something of a cause."""

    cause: Item
    row: Item

    @property
    def document(self) -> str | None:
        return _reference(self.row.get("document"))

    @property
    def names(self) -> bool:
        return bool(self.row["stance"] == NAMES)


@dataclass
class Holder:
    """Who holds something, and all that they said; `pointer` is None where words are all."""

    key: str
    pointer: Item | None
    words: str | None
    said: list[Said] = field(default_factory=list)
    views: list[Item] = field(default_factory=list)

    def documents(self) -> set[str]:
        """Where this holder speaks."""
        told = {said.document for said in self.said}
        told |= {_reference(view.get("document")) for view in self.views}
        return {document for document in told if document is not None}


@dataclass(frozen=True)
class Compared:
    """What one holder says of one cause in each document: by the reference of the document."""

    cause: Item
    by_document: Mapping[str, list[Said]]

    @property
    def named_in(self) -> list[str]:
        """The documents that name it as a cause; to be studied is not named."""
        return [key for key, told in self.by_document.items() if any(s.names for s in told)]


@dataclass(frozen=True)
class Whole:
    """All that is held, as the reader may see it."""

    causes: list[Item]
    views: list[Item]
    documents: list[Item]

    @cached_property
    def holders(self) -> list[Holder]:
        """Everybody who holds something, in the order in which they are met."""
        found: dict[str, Holder] = {}
        for cause in self.causes:
            for row in cause["claims"]:
                _entered(found, row).said.append(Said(cause, row))
        for view in self.views:
            for row in view["holders"]:
                _entered(found, row).views.append(view)
        return sorted(found.values(), key=lambda holder: -len(holder.said))

    def speaking_twice(self) -> Iterator[tuple[Holder, list[Item]]]:
        """The holders who speak in more than one document, with those, the oldest first."""
        for holder in self.holders:
            spoken = holder.documents()
            documents = [d for d in self.documents if d["reference"] in spoken]
            if len(documents) > 1:
                yield holder, documents

    def shared(self) -> list[tuple[Item, dict[str, list[Said]]]]:
        """The causes that more than one holder speaks of, with what each says."""
        found = []
        for cause in self.causes:
            told: dict[str, list[Said]] = {}
            for row in cause["claims"]:
                told.setdefault(key_of(row), []).append(Said(cause, row))
            if len(told) > 1:
                found.append((cause, told))
        return found


def whole() -> Whole:
    """All that is held, by three queries."""
    causes = _items(CAUSE, "claims", "order")
    views = _items(VIEW, "responsible", "document", "holders", "comparisons")
    return Whole(causes, views, _documents(causes, views))


def _items(kind: Kind, *more: str) -> list[Item]:
    schema = kind.schema(only=("reference", *kind.model.__ref__, *more))
    query = project(schema, acting(), session().get_bind().dialect.name)
    order = [func.coalesce(kind.model.order, LAST)] if kind is CAUSE else []
    found = session().scalars(query.order_by(*order, Record.reference))
    return [json.loads(text) if isinstance(text, str) else text for text in found]


def _documents(causes: list[Item], views: list[Item]) -> list[Item]:
    """The documents in which anything is said, the oldest first."""
    rows = [row for cause in causes for row in cause["claims"]]
    named = {found["reference"]: found for it in (*rows, *views) if (found := it.get("document"))}
    query = select(Record.reference, Document.official_date)
    query = query.join(Document, Document.id == Record.id)
    query = query.where(visible_to(acting()), Record.reference.in_(sorted(named)))
    days = {reference: day or date.max for reference, day in session().execute(query)}
    return sorted(named.values(), key=lambda d: (days[d["reference"]], d["reference"]))


def _entered(found: dict[str, Holder], row: Item) -> Holder:
    key = key_of(row)
    pointer = row.get("partner") or row.get("office")
    return found.setdefault(key, Holder(key, pointer, row.get("words")))


def key_of(row: Item) -> str:
    """What makes a holder the same: the record, and else the words themselves."""
    pointer = row.get("partner") or row.get("office")
    return str(pointer["reference"] if pointer else (row.get("words") or "").casefold())


def _reference(pointer: Item | None) -> str | None:
    return str(pointer["reference"]) if pointer else None


def compared(holder: Holder, documents: list[Item]) -> list[Compared]:
    """What a holder says of each cause, document by document: named in all of them first."""
    causes = {said.cause["reference"]: said.cause for said in holder.said}
    keys = [document["reference"] for document in documents]
    found = [
        Compared(
            cause,
            {
                key: [s for s in holder.said if s.cause is cause and s.document == key]
                for key in keys
            },
        )
        for cause in causes.values()
    ]
    return sorted(found, key=lambda one: _order(one, keys))


def _order(one: Compared, keys: list[str]) -> tuple[int, list[int]]:
    named = one.named_in
    return -len(named) or 1, [keys.index(key) for key in named]
