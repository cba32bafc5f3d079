"""The loaded letters as anybody may read them, each record by its id in the reading of the letters
(P08, T15) and found through the same projection as every screen and every list."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.access import ANYBODY
from registry.exchange.loading import SYSTEM
from registry.kind import Kind, kind_named
from registry.projection import project
from registry.record import ExternalKey, Record

SEED = Path(__file__).resolve().parents[2] / "seed"
LETTERS = ("kst-25883-405", "kst-25883-370")
LETTER_405, LETTER_370 = LETTERS
Item = Mapping[str, Any]
Kept = dict[tuple[date | None, str], dict[str, Item]]
"""What was read before, by reference date and kind; the tests only read the letters."""


class Letters:
    """What the public reads of the letters on a reference date."""

    def __init__(
        self, session: Session, day: date | None = None, *, kept: Kept | None = None
    ) -> None:
        self.session, self.day = session, day
        self._kept: Kept = {} if kept is None else kept

    def as_of(self, day: str) -> "Letters":
        """The same letters on another reference date."""
        return Letters(self.session, date.fromisoformat(day), kept=self._kept)

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """The kind and the public reference of every id."""
        query = select(ExternalKey.key, Record.kind, Record.reference)
        query = query.join(Record, Record.id == ExternalKey.record_id)
        found = self.session.execute(query.where(ExternalKey.system == SYSTEM))
        return {key: (kind, reference) for key, kind, reference in found}

    @cached_property
    def ids(self) -> dict[str, str]:
        """The id of every public reference."""
        return {reference: key for key, (_, reference) in self.places.items()}

    def all(self, kind: str) -> dict[str, Item]:
        """Every record of a kind by its id."""
        asked = self.day, kind
        if asked not in self._kept:
            items = [json.loads(text) for text in self._texts(kind_named(kind))]
            self._kept[asked] = {self.ids[item["reference"]]: item for item in items}
        return self._kept[asked]

    def _texts(self, kind: Kind) -> Iterable[str]:
        with clock.seen_as_of(self.day):
            dialect = self.session.get_bind().dialect.name
            return self.session.scalars(project(kind.schema(), ANYBODY, dialect)).all()

    def __getitem__(self, id_: str) -> Item:
        return self.all(self.places[id_][0])[id_]

    def id(self, pointer: Item | None) -> str | None:
        """The id of what a pointer in the JSON leads to."""
        return None if pointer is None else self.ids[pointer["reference"]]

    # --- questions that many tests ask ------------------------------------------------------

    def row(self, id_: str, name: str, key: str) -> Item:
        """The row with this key in a list of a record."""
        found: Item = next(row for row in self[id_][name] if row["key"] == key)
        return found

    def named(self, id_: str, name: str, pointer: str) -> list[str | None]:
        """The ids that the rows of a list point at."""
        return [self.id(row[pointer]) for row in self[id_][name]]

    def roles(self, initiative: str) -> dict[str, list[str | None]]:
        """Who has which role in an initiative."""
        roles: dict[str, list[str | None]] = {}
        for row in self[initiative]["participations"]:
            roles.setdefault(row["role"], []).append(self.id(row["partner"]))
        return roles

    def with_membership(self, status: str, key: str | None = None) -> set[str]:
        """The organisations and groups with this part in the collaboration itself."""
        return {
            id_
            for id_, partner in self.all("partner").items()
            for row in partner["memberships"]
            if row["status"] == status and row["body"] == "collaboration"
            if key is None or row["key"] == key
        }

    def quoted(self, id_: str, field: str) -> list[str]:
        """The passages that are given for a field."""
        return [s["quote"] for s in self[id_]["sources"] if s["field"] == field]


def window(when: Item | None) -> tuple[str | None, str | None]:
    """The first and last day of a policy date."""
    return (None, None) if when is None else (when["earliest"], when["latest"])


def words(*texts: str | None) -> str:
    """Texts as one in lower case, to look for words in."""
    return " ".join(text for text in texts if text).casefold()
