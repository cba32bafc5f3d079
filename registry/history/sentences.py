"""The changes of the book in words: who did what, and each field with its old and new value."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import format_date, format_time

from .. import vocabulary
from ..access import Actor
from ..fields import Code as CodeField
from ..fields import Described, Rows, Text
from ..kind import Kind
from ..ledger import Change
from ..record import Record
from ..screens import paths
from ..web import cells, lang, say, t
from ..words import Words
from .differences import parts
from .seen import REFERENCE, ROW, Seen
from .subjects import Subject, subject

Entry = dict[str, Any]
ACTIONS = {
    "create": Words("Vastgelegd", "Registered"),
    "revise": Words("Gewijzigd", "Changed"),
    "publish": Words("Gepubliceerd", "Published"),
    "archive": Words("Gearchiveerd", "Archived"),
    "withdraw": Words("Publicatie ingetrokken", "Publication withdrawn"),
    "remove": Words("Verwijderd", "Removed"),
    "restore": Words("Teruggezet", "Restored"),
    "submit": Words("Ingediend", "Submitted"),
    "return": Words("Teruggestuurd", "Sent back"),
    "adopt": Words("Voorstel overgenomen", "Proposal adopted"),
    "put_back": Words("Versie {version} teruggezet", "Version {version} put back"),
    "hand_over": Words("Beheer overgedragen", "Handed over"),
    "merge": Words("Samengevoegd met een ander", "Merged into another"),
    "absorb": Words("Een ander hierin samengevoegd", "Another merged into this"),
    "repoint": Words("Verwijst naar het samengevoegde", "Points at what was merged"),
    "update": Words("Stand van zaken gemeld", "State of affairs reported"),
    "release_update": Words("Stand van zaken vrijgegeven", "State of affairs released"),
    "attach": Words("Bestand bij een melding gevoegd", "File added to a report"),
    "open_round": Words("Uitvraag uitgezet", "Reporting round opened"),
    "remind_round": Words("Herinnerd aan een uitvraag", "Reminded of a reporting round"),
    "close_round": Words("Uitvraag gesloten en vastgesteld", "Reporting round closed and frozen"),
    "freeze": Words("Planversie vastgelegd", "Plan version frozen"),
    "confirm_reading": Words("Lezing van de termijn bevestigd", "Reading of the term confirmed"),
    "adopt_plan": Words("Planversie vastgesteld", "Plan version adopted"),
    "write_line": Words("Regel van de bijlage geschreven", "Line of the annex written"),
    "ask_line": Words("Regel van de bijlage voorgelegd", "Agreement on a line asked"),
    "agree_line": Words("Akkoord op een regel van de bijlage", "Agreed to a line of the annex"),
    "remark_line": Words("Opmerking bij een regel van de bijlage", "Remark on a line of the annex"),
    "freeze_annex": Words("Bijlage vastgesteld", "Annex frozen"),
    "erase": Words("Persoonsgegevens gewist", "Personal data erased"),
    "term": Words("Begrip gewijzigd", "Term changed"),
    "reminding": Words("Herinneringen ingesteld", "Reminders set"),
    "convention": Words("Leesafspraak gewijzigd", "Reading convention changed"),
}
DOORS = {
    "screen": Words("scherm", "screen"),
    "api": Words("API", "API"),
    "import": Words("bestand ingelezen", "file import"),
    "seed": Words("uit de brieven ingelezen", "loaded from the letters"),
    "cli": Words("opdrachtregel", "command line"),
}
OWN = {
    "workflow": (Words("Publicatiestatus", "Publication state"), "state"),
    "audience": (Words("Zichtbaar voor", "Visible to"), "audience"),
}
POINTING = {
    "keeper": Words("Beheerd door", "Kept by"),
    "mergedInto": Words("Samengevoegd met", "Merged into"),
}
SOMEBODY = Words("iemand met een account", "somebody with an account")
HIDDEN = Words("iets wat u niet kunt zien", "something you may not see")
MOST_NAMED = 5


class Teller:
    """Tells the changes of one page of history; all titles in them by one query."""

    def __init__(self, actor: Actor, changes: Sequence[tuple[Subject, Change]]) -> None:
        self.actor = actor
        self.seen = Seen(actor, changes)
        self.titles = self.seen.titles

    def entry(self, kind: Subject, change: Change) -> Entry:
        """One entry: when, who, through which door, what, why, and the values."""
        fields = list(self.seen.pairs(kind, change))
        return {
            "when": when(change.at),
            "version": change.version,
            "who": self._who(change),
            "door": say(DOORS.get(change.door, Words(change.door, change.door))),
            "text": _sentence(kind, change, fields),
            "reason": self.seen.reason(change, fields),
            "changes": [] if change.action == "create" else list(self.told(kind, fields)),
        }

    def _who(self, change: Change) -> str:
        return (
            change.actor_name if change.actor_id is None or self.actor.signed_in else say(SOMEBODY)
        )

    # --- values ---------------------------------------------------------------------------

    def told(self, kind: Subject, fields: Iterable[dict[str, Any]]) -> Iterator[Entry]:
        """The values: each field with its old and its new one."""
        whole: dict[str, list[dict[str, Any]]] = {}
        for pair in fields:
            found = ROW.match(pair["path"])
            whole.setdefault(found["name"] if found else pair["path"], []).append(pair)
        for name, pairs in whole.items():
            if name.startswith("sources["):
                continue
            if ROW.match(pairs[0]["path"]) and _one_sided(pairs):
                yield self._row(kind, pairs)
            else:
                yield from (self._field(kind, pair) for pair in pairs)
        yield from self._sources(whole)

    def _field(self, kind: Subject, pair: dict[str, Any]) -> Entry:
        path = pair["path"]
        if path in OWN:
            words, vocabulary_name = OWN[path]
            old, new = (
                v and say(vocabulary.label(vocabulary_name, v)) for v in (pair["old"], pair["new"])
            )
            return {"label": say(words), "old": old, "new": new}
        if path in POINTING:
            return {
                "label": say(POINTING[path]),
                "old": self._title(pair["old"]),
                "new": self._title(pair["new"]),
            }
        at = paths.place(kind.dictionary, path)
        field = at.inner or at.field
        assert field is not None
        old, new = (self._words(field, pair[side]) for side in ("old", "new"))
        texts = parts(old, new) if isinstance(field, Text) and old and new else []
        return {"label": paths.label(kind.dictionary, path), "old": old, "new": new, "parts": texts}

    def _row(self, kind: Subject, pairs: list[dict[str, Any]]) -> Entry:
        """A row that came or went, in one line."""
        at = paths.place(kind.dictionary, pairs[0]["path"])
        assert isinstance(at.field, Rows)
        natural = cells.natural(at.field.schema)
        told: dict[str, list[str]] = {"old": [], "new": []}
        inner = [(paths.place(kind.dictionary, p["path"]).inner, p) for p in pairs]
        for field, pair in sorted(inner, key=lambda f: _rank(f[0], natural)):
            for side in told:
                words = self._words(field, pair[side]) if field is not None else None
                told[side] += [words] if words else []
        joined = {side: ", ".join(words[:MOST_NAMED]) or None for side, words in told.items()}
        return {"label": say(at.field.about.words), "row": True, **joined}

    def _sources(self, whole: dict[str, list[dict[str, Any]]]) -> Iterator[Entry]:
        rows = [pairs for name, pairs in whole.items() if name.startswith("sources[")]
        if not rows:
            return
        came = sum(all(p["old"] is None for p in pairs) for pairs in rows)
        went = sum(all(p["new"] is None for p in pairs) for pairs in rows)
        other = len(rows) - came - went
        parts = (
            (came, t("toegevoegd", "added")),
            (went, t("vervallen", "dropped")),
            (other, t("gewijzigd", "changed")),
        )
        told = ", ".join(f"{count} {words}" for count, words in parts if count)
        yield {"label": t("Bronnen", "Sources"), "old": None, "new": told}

    def _words(self, field: Described, value: Any) -> str | None:
        if value is None:
            return None
        pointing = isinstance(value, str) and not isinstance(field, Text | CodeField)
        if pointing and REFERENCE.fullmatch(value):
            return self._title(value)
        made = cells.cell(field, value, {})
        return cells.plain(made) or None

    def _title(self, reference: str | None) -> str | None:
        if reference is None:
            return None
        if reference not in self.titles:
            return say(HIDDEN)
        title, english = self.titles[reference]
        return (english if lang() == "en" else None) or title


def when(moment: datetime) -> str:
    """A moment as the history writes it."""
    return f"{format_date(moment, 'medium')}, {format_time(moment, 'short')}"


def differences(actor: Actor, kind: Kind, record: Record, pairs: list[Any]) -> list[Entry]:
    """Pairs of {path, old, new} in words, as far as the reader may see them: a change to come."""
    coming = Change(seq=0, record_id=record.id, changes=pairs)
    teller = Teller(actor, [(kind, coming)])
    return list(teller.told(kind, teller.seen.pairs(kind, coming)))


def _one_sided(pairs: Iterable[dict[str, Any]]) -> bool:
    return all(p["old"] is None for p in pairs) or all(p["new"] is None for p in pairs)


def _rank(field: Described | None, natural: tuple[str, ...]) -> int:
    name = str(field.data_key) if field is not None else ""
    return natural.index(name) if name in natural else len(natural)


def acted(change: Change) -> str:
    """What was done, in a word or two."""
    words = say(ACTIONS.get(change.action, Words(change.action, change.action)))
    return words.format(version=change.restored_version)


def _sentence(kind: Subject, change: Change, fields: list[dict[str, Any]]) -> str:
    words = acted(change)
    if change.action == "create":
        published = any(p["path"] == "workflow" and p["new"] == "published" for p in fields)
        also = t(" en gepubliceerd", " and published") if published else ""
        return f"{words}{also}."
    named = dict.fromkeys(_named(kind, pair["path"]) for pair in fields)
    told = [name for name in named if name]
    if change.action != "revise" or not told:
        return f"{words}."
    more = len(told) - MOST_NAMED
    rest = t(f" en nog {more}", f" and {more} more") if more > 0 else ""
    return f"{words}: {', '.join(told[:MOST_NAMED])}{rest}."


def _named(kind: Subject, path: str) -> str:
    if path in OWN:
        return say(OWN[path][0])
    field = paths.place(kind.dictionary, path).field
    return say(field.about.words) if field is not None else ""


def entries(actor: Actor, pairs: Sequence[tuple[Change, Record | None]]) -> list[Entry]:
    """The entries of changes of several records."""
    known = [(subject(change, record), change) for change, record in pairs]
    teller = Teller(actor, known)
    return [teller.entry(kind, change) for kind, change in known]
