"""What cites a document; how many documents there are."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select

from ..access import acting, visible_to
from ..db import session
from ..record import Record
from .models import Citation, Document


def counts() -> tuple[int, int]:
    """How many Kamerstukken, and how many other documents, the reader may see."""
    query = select(func.count(Document.dossier), func.count()).select_from(Document)
    query = query.join(Record, Record.id == Document.id).where(visible_to(acting()))
    kamerstukken, documents = session().execute(query).one()
    return kamerstukken, documents - kamerstukken


def citing(document_id: int) -> Select[Record, int, int]:
    """(record, facts, records): who cites the document how often, and how many do so."""
    facts = func.count(Citation.id).label("facts")
    query = select(Record, facts, func.count().over().label("records"))
    query = query.join(Citation, Citation.parent_id == Record.id)
    query = query.where(Citation.document_id == document_id, Record.id != document_id)
    query = query.group_by(Record.id)
    return query.order_by(facts.desc(), Record.sort_title, Record.id)


def english_titles(references: Iterable[str]) -> dict[str, str]:
    """The English titles of records, where they have one."""
    query = select(Record.reference, Record.title_en)
    query = query.where(Record.reference.in_(sorted(references)), Record.title_en.is_not(None))
    return {reference: str(title) for reference, title in session().execute(query)}
