"""What a member or partner registers is their own statement: every fact gets that as its source."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import inspect

from .. import clock, editing, naming
from ..access import Actor
from ..fields import Current, Rows, json_name
from ..kind import Kind
from ..nesting import new_key
from ..policydate.notices import day_words
from ..sources.models import Citation

REPORTED = "reported"


def complete(actor: Actor, kind: Kind, entity: Any) -> None:
    """Cite the organisation of `actor` for every fact that has no source of its own.

    The secretariat and the import name their sources themselves. A statement whose fact was
    changed is dated anew, and one whose fact is gone goes with it.
    """
    if actor.editorial or not actor.signed_in:
        return
    stated, words = dict(_facts(kind.schema(), entity)), _words(actor)
    kept = [c for c in entity.sources if c.basis != REPORTED or c.field in stated]
    for citation in kept:
        if citation.basis == REPORTED and stated[citation.field]:
            citation.why = words
    cited = {citation.field for citation in kept}
    added = [
        Citation(key=new_key(), field=path, basis=REPORTED, why=words)
        for path in stated
        if path not in cited
    ]
    entity.sources = [*kept, *added]
    for position, citation in enumerate(entity.sources):
        citation.position = position


def _facts(schema: Any, entity: Any) -> Iterator[tuple[str, bool]]:
    """The path of every fact that is filled in, and whether it has just changed."""
    for name, field in schema.load_fields.items():
        key = field.data_key or json_name(name)
        if isinstance(field, Rows) and name != "sources":
            for row in getattr(entity, name):
                yield from ((f"{key}[{row.key}].{p}", new) for p, new in _facts(field.schema, row))
        elif _is_fact(field) and (value := getattr(entity, name, None)) not in (None, "", False):
            yield key, _changed(entity, name, value)


def _is_fact(field: Any) -> bool:
    about = getattr(field, "about", None)
    return about is not None and about.fact and not isinstance(field, Current)


def _changed(entity: Any, name: str, value: Any) -> bool:
    attributes: Mapping[str, Any] = inspect(entity).attrs
    return name in attributes and attributes[name].history.has_changes()


def _words(actor: Actor) -> str:
    """Dutch, as it is stored: "Opgave van OVAL, 16 november 2020"."""
    return f"Opgave van {naming.openly(actor.home_id)}, {day_words(clock.now().date()).nl}"


editing.completing.append(complete)
