"""The words that a report rests on stay with their document: a report is never overwritten."""

from sqlalchemy import Select, select

from ..errors import Message
from ..provenance.kept import quoting
from ..record import Record
from ..sources.models import Passage
from .models import Evidence, Update

STILL_RESTED_ON = Message(
    "“{quote}” cannot go: a report on {references} rests on it, and reports are kept.",
    "“{quote}” kan niet weg: een stand van zaken van {references} is ermee onderbouwd, en die "
    "blijft bewaard.",
    "cited",
)


def _resting(document_id: int) -> Select[int, str, Record]:
    query = select(Passage.id, Passage.quote, Record).select_from(Passage)
    query = query.join(Evidence, Evidence.passage_id == Passage.id)
    query = query.join(Update, Update.id == Evidence.update_id)
    query = query.join(Record, Record.id == Update.record_id)
    return query.where(Passage.parent_id == document_id)


quoting.append((STILL_RESTED_ON, _resting))
