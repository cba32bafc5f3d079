"""Records for tests, made by everybody's commands, with as little as each kind needs."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from itertools import count
from typing import Any

from flask import Flask, has_app_context

from registry import editing
from registry.access import Actor
from registry.kind import kind_named

_number = count(1)
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "commitment": {"strength": "promise"},
    "annex": {"asOf": "2021-06-15"},
}


def minimal(kind: str, /, **payload: Any) -> dict[str, Any]:
    """A payload of this kind with only what is required, and a title that nothing else has."""
    title = {kind_named(kind).title_field: f"{kind.capitalize()} {next(_number)}"}
    return {**title, **NEEDED.get(kind, {}), **payload}


class Make:
    """Make a record of a kind: `make("initiative", title="…")` gives the published entity.

    `state="draft"` leaves it a draft; `by` is who makes it, by default the secretariat. Fields
    of the record that are called so too go in `payload`.
    """

    def __init__(self, app: Flask, actors: Mapping[str, Actor]) -> None:
        self.app, self.actors = app, actors

    def __call__(
        self,
        kind: str,
        /,
        *,
        by: str = "secretariat",
        state: str = "published",
        audience: str | None = None,
        embargo_until: datetime | None = None,
        keeper_id: int | None = None,
        payload: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Any:
        whole = minimal(kind, **fields, **(payload or {}))
        book, secretariat = kind_named(kind), self.actors["secretariat"]
        with nullcontext() if has_app_context() else self.app.app_context():
            entity = editing.create(self.actors[by], book, whole, keeper_id=keeper_id)
            if state != "draft":
                editing.publish(
                    secretariat, book, entity, audience=audience, embargo_until=embargo_until
                )
            if state == "archived":
                editing.archive(secretariat, book, entity)
            return entity

    def reference(self, kind: str, /, **kw: Any) -> str:
        """The reference of a new record."""
        reference: str = self(kind, **kw).reference
        return reference
