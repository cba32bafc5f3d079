"""A Kamerstuk has one number: two documents with the same one are refused."""

from typing import Any

from sqlalchemy import select

from .. import editing
from ..access import Actor
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind
from ..record import Record
from .models import Document
from .schemas import DOCUMENT

TAKEN = Message(
    "This number is registered already: {reference}.",
    "Dit nummer staat er al: {reference}.",
    "duplicate",
)


def refuse_second(actor: Actor, kind: Kind, entity: Any) -> None:
    """Refuse the dossier, addition and number of another document, at the field."""
    if kind is not DOCUMENT or not entity.identification:
        return
    same = select(Record.reference).join(Document, Document.id == Record.id)
    same = same.where(Document.identification == entity.identification)
    if entity.id is not None:
        same = same.where(Record.id != entity.id)
    with session().no_autoflush:
        found = session().scalar(same)
    if found is not None:
        raise Invalid({"number": [TAKEN.format(reference=found)]})


editing.completing.append(refuse_second)
