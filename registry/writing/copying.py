"""What a new record takes over from one that is there."""

from typing import Any

from .. import editing, schema
from ..access import Actor
from ..fields import Rows
from ..kind import Kind
from ..words import Words

COPY = {"": Words(" (kopie)", " (copy)"), "En": Words(" (copy)", " (copy)")}
OWN = ("sources", "passages")
"""What the other record says in its own words, or of itself alone."""


def values(kind: Kind, actor: Actor, reference: str, lang: str) -> dict[str, Any]:
    """The values of a record for a new form: without its sources, and with rows that are new.
    Raises NotFound."""
    entity = editing.one(kind, actor, reference)
    own = kind.schema()
    found = schema.editable(own, entity)
    for name, field in own.load_fields.items():
        key = field.data_key or name
        if isinstance(field, Rows):
            rows = [] if field.about.section in OWN else found[key]
            found[key] = [{n: v for n, v in row.items() if n != "key"} for row in rows]
    title = str(own.fields[kind.title_field].data_key)
    for suffix, words in COPY.items():
        if found.get(title + suffix):
            found[title + suffix] += words.in_(lang)
    return found
