"""What a source can be a source of: the facts of a record, each by its path in the JSON."""

from collections.abc import Mapping
from typing import Any

from ..fields import Described, Rows
from . import mapping
from .asking import Asking
from .posted import blank

LONGEST = 60
NO_FACTS = ("sources", "passages")


def paths_of(
    fields: Mapping[str, Described], answers: Mapping[str, Any], asking: Asking
) -> dict[str, str]:
    """Path → label of every fact: fields, and what is filled in of the rows that are stored."""
    found: dict[str, str] = {}
    for name, described in fields.items():
        if described.about.section in NO_FACTS:
            continue
        if isinstance(described, Rows):
            found |= _of_rows(name, described, answers.get(name, []), asking)
        else:
            found |= _of_parts(name, described, asking)
    return found


def _of_parts(name: str, described: Any, asking: Asking) -> dict[str, str]:
    label = asking.say(described.about.words)
    parts = getattr(described, "parts", None)
    if not isinstance(parts, Mapping):
        return {name: label}
    return {f"{name}.{n}": f"{label}: {asking.say(p.about.words)}" for n, p in parts.items()}


def _of_rows(
    name: str, described: Any, rows: list[Mapping[str, Any]], asking: Asking
) -> dict[str, str]:
    title, found = asking.say(described.about.words), {}
    inner = asking.asked(described.schema)
    facts = {n: f for n, f in inner.items() if f.about.fact or n in described.schema.natural}
    for row in rows:
        words = mapping.RowsControl().row(described, row, asking)
        for fact, field in facts.items():
            if blank(row.get(fact)):
                continue
            label = f"{title}, {words[:LONGEST]}: {asking.say(field.about.words)}"
            found[f"{name}[{row[mapping.KEY]}].{fact}"] = label
    return found
