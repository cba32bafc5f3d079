"""What a question asks of each record, as clauses."""

from collections.abc import Mapping
from typing import Any

from .. import search
from ..db import session
from ..kind import Kind
from .filters import NONE, filters
from .question import Question
from .spans import spans


def clauses(kind: Kind, question: Question) -> list[Any]:
    """What the question asks of a record."""
    known = filters(kind)
    asked = {
        name: (known[name].typed(values), NONE in values)
        for name, values in question.filters.items()
    }
    found = narrowed(kind, asked, question.ranges)
    if question.q:
        found.append(search.found(question.q, session().get_bind().dialect.name)[0])
    return found


def narrowed(
    kind: Kind, asked: Mapping[str, tuple[list[Any], bool]], ranges: Mapping[str, Any]
) -> list[Any]:
    """The clauses of filters, each with its values and whether none counts, and of ranges."""
    known, bounds = filters(kind), spans(kind)
    # First what an index answers: what is computed is asked only of what that leaves.
    order = sorted(asked, key=lambda name: known[name].type != "reference")
    found = [known[n].clause(kind.model, asked[n][0], none=asked[n][1]) for n in order]
    return found + [bounds[name].clause(kind.model, limit) for name, limit in ranges.items()]
