"""Records that look like what somebody is typing: they share telling words of their title."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import or_, select

from .. import search
from ..access import Actor, visible_to
from ..db import session
from ..kind import Kind
from ..record import Record

MOST = 5
CANDIDATES = 200
LONGEST = 300
SHORTEST = 3
LIKE = 0.8
"""From here on two stems are one word, perhaps misspelt."""
BEGINNING = 5
SMALL = frozenset(
    search.stems(
        "het een van voor met naar over aan bij tot uit door onder tegen tussen zonder per "
        "the and for from with into about between without"
    )
)
"""Words that say nothing about what a title is about."""


@dataclass(frozen=True)
class Similar:
    """A record that may be the same."""

    reference: str
    title: str


def similar(kind: Kind, actor: Actor, title: str, but: str | None = None) -> list[Similar]:
    """The records of `kind` whose title looks like `title`, most alike first."""
    wanted = _telling(search.stems(title[:LONGEST]))
    if not wanted:
        return []
    stems = search.SearchEntry.title_stems
    longest = sorted(wanted, key=len, reverse=True)[:6]
    shares = or_(*(stems.contains(stem[:BEGINNING], autoescape=True) for stem in longest))
    query = select(Record.reference, Record.title, stems)
    query = query.join(search.SearchEntry, search.SearchEntry.record_id == Record.id)
    query = query.where(Record.kind == kind.name, visible_to(actor), shares)
    if but is not None:
        query = query.where(Record.reference != but)
    rows = session().execute(query.order_by(Record.id.desc()).limit(CANDIDATES))
    found = [(_shared(wanted, there.split()), reference, name) for reference, name, there in rows]
    found = sorted((f for f in found if f[0]), key=lambda f: (-f[0], f[1]))
    return [Similar(reference, name) for _, reference, name in found[:MOST]]


def _telling(stems: list[str]) -> set[str]:
    return {stem for stem in stems if len(stem) >= SHORTEST and stem not in SMALL}


def _shared(wanted: set[str], there: list[str]) -> float:
    """Which part of the wanted words is there; nothing where that is not enough to be alike."""
    words = _telling(there)
    shared = sum(any(_same(stem, word) for word in words) for stem in wanted)
    part = shared / len(wanted)
    return part if part > 0.5 or (part == 0.5 and shared > 1) else 0


def _same(stem: str, word: str) -> bool:
    return stem == word or SequenceMatcher(None, stem, word).ratio() >= LIKE
