"""What merging asks, for each kind: into which other record, and why."""

from functools import cache
from typing import Any

from ..fields import LongText, Ref
from ..kind import Kind
from ..reasons import MOST, READ_BY
from ..schema import BaseSchema
from ..words import Words


@cache
def merger(kind: Kind) -> type[BaseSchema]:
    """The schema of the body of POST …/mergers of this kind."""
    name = kind.words.en.lower()
    into = Ref(
        "Samenvoegen met",
        "Merge into",
        to=kind.model,
        required=True,
        hint=Words("Dit blijft bestaan.", "This is the one that stays."),
    )
    reason = LongText(
        "Reden",
        "Reason",
        required=True,
        max_length=MOST,
        hint=READ_BY,
    )
    fields: dict[str, Any] = {"into": into, "reason": reason, "__doc__": f"Merging one {name}."}
    return type(f"{kind.schema.__name__.removesuffix('Schema')}MergerSchema", (BaseSchema,), fields)
