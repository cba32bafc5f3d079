"""A register in which anything may happen, and the copy that somebody keeps of it."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import select
from time_machine import Traveller

from registry import clock, editing
from registry.access import Actor, acting_as, visible_to
from registry.db import session
from registry.errors import NotFound, RegistryError
from registry.keeping.commands import hand_over
from registry.kind import kind_named, kinds
from registry.merging.commands import merge
from registry.projection import project
from registry.record import Audience, Record
from tests.factories import minimal
from tests.following.following import Entry

KINDS = ("initiative", "partner")
REASON = "omdat het kan"
Copy = dict[str, Any]


class World:
    """Things happen in it, one `step` after the other, each a command of the secretariat."""

    def __init__(self, app: Flask, actors: Mapping[str, Actor], chance: Random) -> None:
        self.app, self.chance = app, chance
        self.who, self.keeper = actors["secretariat"], actors["member"].home_id
        self.traveller: Traveller | None = None
        self.there: list[tuple[str, str]] = []
        self.gone: list[tuple[str, str]] = []
        self.done: dict[str, int] = {}

    def step(self) -> None:
        """Let something happen; what is refused did not."""
        doing: Callable[[], object] = self.chance.choice(self._steps())
        with self.app.app_context():
            try:
                doing()
            except RegistryError:
                session().rollback()
                return
        self.done[doing.__name__] = self.done.get(doing.__name__, 0) + 1

    def _steps(self) -> list[Callable[[], object]]:
        often = [self._create] * 5 + [self._rename] * 2 + [self._publish] * 3 + [self._point] * 3
        return [
            *often,
            *(self._withdraw, self._remove, self._restore, self._merge, self._archive, self._keep),
            *([self._wait] if self.traveller else []),
        ]

    def _create(self) -> None:
        kind = self.chance.choice(KINDS)
        payload = minimal(kind, **self._pointers(kind))
        made = editing.create(self.who, kind_named(kind), payload)
        self.there.append((kind, made.reference))
        if self.chance.random() < 0.8:
            editing.publish(self.who, kind_named(kind), made, **self._shown())

    def _shown(self) -> dict[str, Any]:
        """For whom, and from when."""
        audience = self.chance.choice([*Audience, *["public"] * 4])
        soon = clock.now() + timedelta(minutes=self.chance.randint(1, 60))
        return {
            "audience": str(audience),
            "embargo_until": soon if self.chance.random() < 0.3 else None,
        }

    def _one(self, *of: str) -> tuple[Any, Any]:
        made = [each for each in self.there if each[0] in of]
        if not made:
            raise NotFound
        kind, reference = self.chance.choice(made)
        return kind_named(kind), editing.one(kind_named(kind), self.who, reference)

    def _rename(self) -> None:
        kind, entity = self._one(*KINDS)
        name = f"Anders {self.chance.random()}"
        editing.revise(self.who, kind, entity, {kind.title_field: name})

    def _point(self) -> None:
        kind, entity = self._one("initiative")
        editing.revise(self.who, kind, entity, self._pointers(kind.name))

    def _pointers(self, kind: str) -> dict[str, Any]:
        """A row that points at one of the organisations that there are."""
        partners = [reference for other, reference in self.there if other == "partner"]
        if kind != "initiative" or not partners:
            return {}
        return {"participations": [{"partner": self.chance.choice(partners), "role": "lead"}]}

    def _publish(self) -> None:
        editing.publish(self.who, *self._one(*KINDS), **self._shown())

    def _archive(self) -> None:
        editing.archive(self.who, *self._one(*KINDS))

    def _withdraw(self) -> None:
        editing.withdraw(self.who, *self._one(*KINDS), reason=REASON)

    def _remove(self) -> None:
        kind, entity = self._one(*KINDS)
        editing.remove(self.who, kind, entity, reason=REASON)
        self._goes(kind.name, entity.reference)

    def _restore(self) -> None:
        if self.gone:
            kind, reference = self.chance.choice(self.gone)
            editing.restore(self.who, kind_named(kind), reference)
            self.gone.remove((kind, reference))
            self.there.append((kind, reference))

    def _merge(self) -> None:
        kind, entity = self._one(*KINDS)
        merge(self.who, kind, entity, self._one(kind.name)[1], REASON)
        self.there.remove((kind.name, entity.reference))

    def _goes(self, kind: str, reference: str) -> None:
        self.there.remove((kind, reference))
        self.gone.append((kind, reference))

    def _keep(self) -> None:
        kind, entity = self._one("initiative")
        keeper = editing.one(kind_named("partner"), self.who, "ORG-0001")
        hand_over(self.who, kind, entity, keeper if self.chance.random() < 0.5 else None)

    def _wait(self) -> None:
        assert self.traveller is not None
        self.traveller.shift(timedelta(minutes=self.chance.randint(1, 30)))


def apply(copy: Copy, entries: list[Entry]) -> None:
    """What somebody who keeps a copy does with a page of the feed."""
    for entry in entries:
        if entry["type"] == "removed" or entry["record"] is None:
            copy.pop(entry["reference"], None)
        else:
            copy[entry["reference"]] = entry["record"]


def visible(app: Flask, actor: Actor) -> set[str]:
    """The references of all that somebody may see now."""
    with app.app_context():
        return set(session().scalars(select(Record.reference).where(visible_to(actor))))


def seen_by(app: Flask, actor: Actor, *names: str) -> Copy:
    """All records as somebody sees them: of these kinds, or of all."""
    found: Copy = {}
    with app.app_context(), acting_as(actor):
        dialect = session().get_bind().dialect.name
        for kind in [kind_named(name) for name in names] or kinds():
            for text in session().scalars(project(kind.dictionary, actor, dialect)):
                item = json.loads(text)
                found[item["reference"]] = item
    return found
