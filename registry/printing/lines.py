"""The lines of an annex on paper: each commitment with what is known of it, and initiatives by
theme."""

from collections.abc import Iterator

from ..annexes.looking import Content, Item
from ..papers import Block, Details, Fact, Heading, Plain, Run, Strong, Table, Text
from ..papers import Content as Said
from ..vocabulary import LISTS
from ..web import t
from . import telling
from .notes import Footnotes

UNSETTLED = ("open", "running", "partly_met", "ongoing")


def commitments(content: Content, notes: Footnotes) -> Iterator[Block]:
    """The commitments, by what kind of statement each is: a promise first."""
    found = content["commitments"]
    if not found:
        yield Text(t("Er zijn geen regels.", "There are no lines."))
    for code in LISTS["strength"].terms:
        own = [line for line in found if line["strength"] == code]
        if own:
            yield Heading(2, f"{telling.strengths(code)} ({len(own)})")
        for line in own:
            yield Heading(3, str(telling.chosen(line, "title")))
            yield Details([*_facts(line, notes)])


def _facts(line: Item, notes: Footnotes) -> Iterator[Fact]:
    yield t("Soort", "Kind"), [Strong(telling.strength(line)), f" ({line['reference']})"]
    yield t("Vindplaats", "Made at"), [telling.made_at(line), *notes.of(line)]
    if by := telling.parties(line["by"]):
        to = telling.parties(line["to"])
        yield t("Door", "By"), f"{by}; {t('aan', 'to')}: {to}" if to else by
    yield t("Termijn", "Term"), telling.term(line["due"]) or t("geen genoemd", "none named")
    yield t("Stand", "Status"), [Strong(telling.begun(telling.status(line)))]
    yield from _settled(line)
    if standing := telling.standing(line):
        yield t("Stand van zaken", "State of affairs"), standing
    elif line["status"] in UNSETTLED:
        yield t("Stand van zaken", "State of affairs"), t("nog niets gemeld", "none reported yet")
    if changed := telling.changed(line):
        yield t("Sinds vorige brief", "Since last letter"), changed


def _settled(line: Item) -> Iterator[Fact]:
    for row in line["discharges"]:
        yield t("Afgedaan met", "Settled by"), telling.discharge(row, line["status"])
    if outcome := telling.outcome(line):
        yield t("Uitkomst", "Outcome"), outcome
    if letter := line["expectedIn"]:
        yield t("Komt terug in", "Comes back in"), str(letter["title"])


# --- initiatives --------------------------------------------------------------------------


def initiatives(content: Content, notes: Footnotes) -> Iterator[Block]:
    """A table for each theme; an initiative under two themes stands in full in the first."""
    items = {item["reference"]: item for item in content["initiatives"]}
    if not items:
        yield Text(t("Er zijn geen initiatieven.", "There are no initiatives."))
    first: dict[str, str] = {}
    for part in content["byTheme"]:
        name = theme(part["theme"])
        own = [items[each] for each in part["initiatives"] if each in items]
        if own:
            yield Heading(2, name)
            yield Table("", _columns(), [_under(item, notes, name, first) for item in own])


def _columns() -> list[str]:
    return [
        t("Initiatief", "Initiative"),
        t("Betrokken", "Involved"),
        t("Stand", "Status"),
    ]


def _under(item: Item, notes: Footnotes, name: str, first: dict[str, str]) -> list[Said]:
    where = first.setdefault(item["reference"], name)
    if where == name:
        return _row(item, notes)
    return [str(telling.chosen(item, "title")), "", t(f"zie {where}", f"see {where}")]


def theme(told: Item | None) -> str:
    """The name of a theme, or that there is none yet."""
    if told is None:
        return t("Nog niet bij een thema ingedeeld", "Not classified under a theme yet")
    return str(telling.chosen(told, "name"))


def _row(item: Item, notes: Footnotes) -> list[Said]:
    title: list[Run | str] = [Strong(str(telling.chosen(item, "title"))), *notes.of(item)]
    if item.get("initiativeKind"):
        title.append(
            Plain(f"\n{telling.begun(telling.word('initiative-kind', item['initiativeKind']))}")
        )
    if item["summary"]:
        title += [Plain("\n"), telling.dutch(item["summary"])]
    return [title, _involved(item), [*_how(item)]]


def _involved(item: Item) -> Said:
    found = []
    for row in item["participations"]:
        name = row["partner"]["abbreviation"] or row["partner"]["name"]
        found.append(f"{name} ({telling.word('participation-role', row['role'])})")
    return ", ".join(dict.fromkeys(found))


def _how(item: Item) -> Iterator[Run]:
    """How an initiative stands, why, when, and what changed."""
    yield Strong(telling.begun(telling.status(item)))
    if item["period"]:
        yield Plain("\n")
        yield from telling.term(item["period"])
    if item["statusReason"]:
        yield Plain("\n")
        yield telling.dutch(item["statusReason"])
    if standing := telling.standing(item):
        yield Plain("\n")
        yield from standing
    if item["changed"]:
        label = t("Sinds de vorige brief: ", "Since the last letter: ")
        yield Plain(f"\n{label}{''.join(telling.changed(item))}")  # type: ignore[arg-type]
