"""The dictionary of a passage: its words, and the facts that they support."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ..access import acting, can_see
from ..fields import Described, LongText, Text
from ..record import Record
from ..schema import RowSchema
from .models import Citation, Passage


class Supports(Described):
    """Which facts of which records a passage supports: [{reference, title, field}]."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        super().__init__(nl, en, attribute="citations", dump_only=True, **kw)

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        return [
            {"reference": c.parent.reference, "title": c.parent.title, "field": c.field}
            for c in value or []
            if can_see(acting(), c.parent)
        ]

    def expression(self, compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        cited, record = aliased(Citation), aliased(Record)
        pairs = [("reference", record.reference), ("title", record.title), ("field", cited.field)]
        query = select(compiler.object_(pairs)).select_from(cited)
        query = query.join(record, record.id == cited.parent_id)
        query = query.where(cited.passage_id == model.id, compiler.seen(record))
        return compiler.array(query.correlate(model), [cited.id])


class PassageSchema(RowSchema):
    model = Passage
    natural = ("quote",)

    quote = LongText("Passage", "Passage", required=True, max_length=600, uses="search")
    section = Text("Paragraaf", "Section")
    lines = Text("Regels", "Lines", max_length=20)
    supports = Supports("Onderbouwt", "Supports")
