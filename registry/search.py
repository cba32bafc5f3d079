"""Full text in Dutch: stem once, in Python, store; each engine only indexes the stems.

PostgreSQL's and Snowball's own Dutch stemmers miss pairs such as initiatief/initiatieven: a stem
that ends in v or z is written with f or s, one in -ies without its s, a doubled end once."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import snowballstemmer
from markupsafe import Markup, escape
from sqlalchemy import (
    ColumnElement,
    Double,
    ForeignKey,
    Integer,
    Text,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from .access import ANYBODY, View, acting_as
from .db import Base
from .fields import Rows
from .fields import Text as TextField
from .record import Record
from .schema import BaseSchema

WORD = re.compile(r"[0-9a-z]+")
SHOWN = re.compile(r"\w+")
_stemmer = snowballstemmer.stemmer("dutch_porter")
_fts = table("search_fts", column("rowid"))


class SearchEntry(Base):
    """The words of one record, as shown and as stems. Migrations add the index of each engine."""

    __tablename__ = "search_entry"

    record_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="CASCADE"), primary_key=True
    )
    body: Mapped[str] = mapped_column(Text)
    title_stems: Mapped[str] = mapped_column(Text)
    body_stems: Mapped[str] = mapped_column(Text)


def fold(text: str) -> str:
    """Case and accents away: the key that text sorts on."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    root: str = _stemmer.stemWord(word)
    if root.endswith("ies"):
        return root[:-1]
    if root[-2:-1] == root[-1:]:
        return root[:-1]
    return {"v": root[:-1] + "f", "z": root[:-1] + "s"}.get(root[-1:], root)


def stems(text: str) -> list[str]:
    """The stems of all words of `text`, in order."""
    return [stem(word) for word in WORD.findall(fold(text))]


def index(session: Session, schema: BaseSchema, entity: Any) -> None:
    """Write the words of `entity` (with its lists loaded) for the search."""
    with acting_as(ANYBODY):  # what only some may see is not to be found by others
        body = "\n".join(_texts(schema, entity))
    title = " ".join(filter(None, entity.titles()))
    values = {
        "record_id": entity.id,
        "body": body,
        "title_stems": " ".join(stems(title)),
        "body_stems": " ".join(stems(body)),
    }
    session.connection().execute(_putting(session.get_bind().dialect.name), values)


@cache
def _putting(dialect: str) -> Any:
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    put = insert(SearchEntry.__table__)
    new = {name: put.excluded[name] for name in ("body", "title_stems", "body_stems")}
    return put.on_conflict_do_update(index_elements=["record_id"], set_=new)


def _texts(schema: BaseSchema, obj: Any) -> Iterator[str]:
    for name, field in schema.described().items():
        if field.about.view > View.PUBLIC:
            continue
        if isinstance(field, Rows) and not field.dump_only:
            for row in filter(field.shows, getattr(obj, name)):
                yield from _texts(field.schema, row)
        elif isinstance(field, TextField) and field.about.search and getattr(obj, name):
            yield str(getattr(obj, name))


def found(query: str, dialect: str) -> tuple[ColumnElement[bool], Any]:
    """The clause that a record holds all words of `query` (the last may be half typed), and
    the rank to sort on, best first. No word at all finds nothing."""
    words = stems(query)
    if not words:
        return literal_column("1") == literal_column("0"), Record.id
    if dialect == "sqlite":
        phrase = " AND ".join([*(f'"{w}"' for w in words[:-1]), f'"{words[-1]}"*'])
        hits = select(_fts.c.rowid).where(literal_column("search_fts").op("MATCH")(phrase))
        rank = select(_weight(words)).where(SearchEntry.record_id == Record.id)
        return Record.id.in_(hits), rank.correlate(Record).scalar_subquery()
    wanted = func.to_tsquery("simple", " & ".join([*words[:-1], f"{words[-1]}:*"]))
    entry, vector = SearchEntry, _vector()
    hits = select(entry.record_id).where(vector.op("@@")(wanted))
    exact = cast(func.ts_rank(vector, wanted), Double)  # as a cursor can repeat it
    rank = select(-exact).where(entry.record_id == Record.id)
    return Record.id.in_(hits), rank.correlate(Record).scalar_subquery()


def _weight(words: list[str]) -> Any:
    """How well an entry answers, best first, on SQLite: how often the words stand in it, in the
    title ten times. Its own rank changes with every other record, and no page could go on from
    it."""
    title = sum((_times(SearchEntry.title_stems, word) for word in words), literal(0))
    body = sum((_times(SearchEntry.body_stems, word) for word in words), literal(0))
    return -(title * 10 + func.min(body, 9, type_=Integer))


def _times(stems_: Any, word: str) -> Any:
    text, own = literal(" ") + stems_, f" {word}"
    without = func.length(func.replace(text, own, ""), type_=Integer)
    return (func.length(text, type_=Integer) - without) // len(own)


def _vector() -> Any:
    simple: Any = literal_column("'simple'::regconfig")
    title = func.setweight(func.to_tsvector(simple, SearchEntry.title_stems), literal_column("'A'"))
    body = func.setweight(func.to_tsvector(simple, SearchEntry.body_stems), literal_column("'B'"))
    return title.op("||")(body)


def marked(text: str, query: str, *, around: int = 120) -> Markup:
    """`text` (or the piece around the first hit) with the words of `query` marked, HTML safe."""
    wanted = stems(query)
    spans = [m.span() for m in SHOWN.finditer(text) if _hit(m.group(), wanted)]
    start = max(spans[0][0] - around, 0) if spans else 0
    end = min(start + 2 * around, len(text))
    out, at = [Markup("…") if start else Markup("")], start
    for low, high in spans:
        if low >= at and high <= end:
            out += [
                escape(text[at:low]),
                Markup("<mark>"),
                escape(text[low:high]),
                Markup("</mark>"),
            ]
            at = high
    out += [escape(text[at:end]), Markup("…") if end < len(text) else Markup("")]
    return Markup("").join(out)


def _hit(word: str, wanted: list[str]) -> bool:
    own = stems(word)
    return any(s in wanted or (wanted and s.startswith(wanted[-1])) for s in own)
