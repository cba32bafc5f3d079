"""What is said of the data as a whole: whose they are, under which licence, and what there is."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from sqlalchemy import func, select

from ..access import ANYBODY, visible_to
from ..api.answers import OFFERED
from ..api.licence import LICENCE as CC0
from ..db import session
from ..dumps import keeping
from ..kind import Kind, kinds
from ..record import Record
from ..sources.models import Document
from ..words import Words

ROOT = "/api/v1"
TOOI = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1073"
PUBLISHER = Words(
    "Ministerie van Sociale Zaken en Werkgelegenheid",
    "Ministry of Social Affairs and Employment",
)
LICENCE = CC0["url"]
LICENCE_NL = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
"""The same, as the list of licences of DCAT-AP-NL names it."""
TITLE = Words(
    "Samenwerkingsregister burn-outklachten", "Registry of the collaboration on burn-out complaints"
)
ABOUT = Words(
    "Wat er bekend is over de brede maatschappelijke samenwerking burn-outklachten: wie meedoet, "
    "wat er loopt en wat is toegezegd, met bij elk feit de passage uit de Kamerbrieven waar het "
    "staat.",
    "What is known about the broad societal collaboration on burn-out complaints: who takes part, "
    "what runs and what was promised, each fact with the passage of the letters to the House of "
    "Representatives that says so.",
)
SERVICE = Words("API van het Samenwerkingsregister", "API of the Samenwerkingsregister")
KEYWORDS = (
    Words("burn-out", "burn-out"),
    Words("werkstress", "work stress"),
    Words("psychosociale arbeidsbelasting", "psychosocial workload"),
    Words("toezeggingen", "government promises"),
)


@dataclass(frozen=True)
class Collection:
    """The public records of one kind."""

    name: str  # in addresses: "initiatives"
    title: Words
    about: Words
    count: int
    changed: date
    media: tuple[str, ...]  # in which the API gives it


@dataclass(frozen=True)
class Whole:
    """A file with everything: its format, media type, size in bytes, and when it was made."""

    format: str
    media: str
    size: int
    made: datetime


@dataclass(frozen=True)
class Facts:
    """All that the catalogue and the page about open data say; it changes with the data."""

    address: str  # of the register, without a slash at its end
    contact: str
    collections: tuple[Collection, ...]
    since: date | None  # the oldest document
    files: tuple[Whole, ...]

    @property
    def changed(self) -> date | None:
        return max((one.changed for one in self.collections), default=None)

    def at(self, path: str) -> str:
        """The public address of `path`."""
        return f"{self.address}{path}"


def public_address() -> str:
    """The address under which everybody finds the register."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/")


def facts() -> Facts:
    """What is public now, by two queries."""
    shown = visible_to(ANYBODY)
    query = select(Record.kind, func.count(), func.max(Record.updated_at)).where(shown)
    found = {name: (n, at) for name, n, at in session().execute(query.group_by(Record.kind))}
    oldest = select(func.min(Document.official_date)).join(Record, Record.id == Document.id)
    return Facts(
        public_address(),
        current_app.config["CONTACT_EMAIL"],
        tuple(
            Collection(kind.collection, kind.plural, kind.intro, count, at.date(), _media(kind))
            for kind in kinds()
            if (known := found.get(kind.name))
            for count, at in [known]
        ),
        session().scalar(oldest.where(shown)),
        _files(),
    )


def _files() -> tuple[Whole, ...]:
    dump = keeping.served()
    if dump is None:
        return ()
    return tuple(
        Whole(file.format, keeping.MEDIA[file.format], file.size, dump.made) for file in dump.files
    )


def _media(kind: Kind) -> tuple[str, ...]:
    view = current_app.view_functions.get(f"api-{kind.collection}.index")
    return tuple(getattr(view, "offered", OFFERED)) if view else ()
