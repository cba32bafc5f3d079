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
ALIKE = 0.6
SHORTEST = 4
LONGEST = 300


@dataclass(frozen=True)
class Similar:
    """A record that may be the same."""

    reference: str
    title: str


def similar(kind: Kind, actor: Actor, title: str, but: str | None = None) -> list[Similar]:
    """The records of `kind` whose title looks like `title`, most alike first."""
    wanted = [stem for stem in search.stems(title[:LONGEST]) if len(stem) >= SHORTEST]
    if not wanted:
        return []
    telling = sorted(set(wanted), key=len, reverse=True)[:6]
    shares = or_(*(search.SearchEntry.title_stems.contains(s, autoescape=True) for s in telling))
    query = select(Record.reference, Record.title, search.SearchEntry.title_stems)
    query = query.join(search.SearchEntry, search.SearchEntry.record_id == Record.id)
    query = query.where(Record.kind == kind.name, visible_to(actor), shares)
    if but is not None:
        query = query.where(Record.reference != but)
    rows = session().execute(query.order_by(Record.id.desc()).limit(CANDIDATES))
    found = [(_likeness(wanted, stems.split()), reference, name) for reference, name, stems in rows]
    found = sorted((f for f in found if f[0] >= ALIKE), key=lambda f: (-f[0], f[1]))
    return [Similar(reference, name) for _, reference, name in found[:MOST]]


def _likeness(wanted: list[str], there: list[str]) -> float:
    """How much of the shorter title the two share, from 0 to 1."""
    mine, theirs = set(wanted), {stem for stem in there if len(stem) >= SHORTEST}
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    letters = SequenceMatcher(None, " ".join(sorted(mine)), " ".join(sorted(theirs))).ratio()
    return max(letters, shared * (1 if len(mine & theirs) > 1 else 0.6))
