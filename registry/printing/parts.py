"""What stands beside the lines on paper: figures with caveats, the gap map in words, what is
open."""

from collections.abc import Iterator, Mapping

from .. import charts
from ..annexes.looking import Content, Item
from ..annexes.reading import LINES
from ..gaps.axes import MAPS
from ..gaps.pages import LABELS, caption
from ..gaps.queries import EMPTY, STATES
from ..indicators import series
from ..indicators.telling import observation, told_of
from ..papers import Block, Details, Fact, Figure, Heading, Listing, Plain, Run, Strong, Table, Text
from ..papers import Content as Said
from ..papers.shape import runs
from ..papers.shape import words as plain
from ..web import lang, say, t
from ..web import paper as onpaper
from ..words import Words
from . import telling
from .notes import Footnotes

# --- figures ------------------------------------------------------------------------------


def figures(content: Content, notes: Footnotes) -> Iterator[Block]:
    """The series with their charts, then all figures that stand alone; under each its caveat."""
    drawn = [item for item in content["figures"] if series.drawn(item)]
    for item in drawn:
        yield from _series(item, notes)
    alone = [item for item in content["figures"] if item not in drawn]
    if alone and drawn:
        yield Heading(2, t("Overige cijfers", "Other figures"))
    if alone:
        columns = [t("Cijfer", "Figure"), t("Waarde en kanttekening", "Value and caveat")]
        yield Table("", columns, [[_named(item, notes), _values(item)] for item in alone])
    if not content["figures"]:
        yield Text(t("Er zijn geen cijfers.", "There are no figures."))


ABOUT: Mapping[str, Words] = {
    "population": Words("Over", "About"),
    "measuredBy": Words("Gemeten door", "Measured by"),
    "targetWords": Words("Streefwaarde", "Target"),
}


def _series(item: Item, notes: Footnotes) -> Iterator[Block]:
    yield Heading(2, str(telling.chosen(item, "name")))
    yield Details([*_about(item, notes)])
    yield Figure(charts.svg(series.spec(item), lang()), series.alternative(item))
    yield from (Text(told) for told in told_of(item, series.series(item)))
    years = sorted(item["observations"], key=lambda row: row["year"] or 0)
    columns = [t("Jaar", "Year"), t("Waarde en kanttekening", "Value and caveat")]
    rows: list[list[Said]] = [[str(row["year"] or ""), [*_value(row, item)]] for row in years]
    yield Table(t("De waarden", "The values"), columns, rows)


def _about(item: Item, notes: Footnotes) -> Iterator[Fact]:
    if item["definition"]:
        told = [telling.dutch(item["definition"]), *notes.of(item)]
        yield t("Wat het is", "What it is"), told
    elif own := notes.of(item):
        yield t("Bron", "Source"), own
    for label, name in (
        (t("Over", "About"), "population"),
        (t("Gemeten door", "By"), "measuredBy"),
    ):
        if item[name]:
            yield label, [telling.dutch(item[name])]
    if item["targetWords"]:
        yield t("Streefwaarde", "Target"), [telling.dutch(item["targetWords"])]


def _named(item: Item, notes: Footnotes) -> Said:
    told: list[Run | str] = [Strong(str(telling.chosen(item, "name"))), *notes.of(item)]
    for text in dict.fromkeys(filter(None, (item["population"], item["measuredBy"]))):
        told += [Plain("\n"), telling.dutch(text)]
    return told


def _values(item: Item) -> list[Run]:
    found: list[Run] = []
    for row in item["observations"]:
        found += [Plain("\n\n")] if found else []
        found += _value(row, item)
    if item["targetWords"]:
        label = t("Streefwaarde: ", "Target: ")
        found += [Plain(f"\n{label}"), telling.dutch(item["targetWords"])]
    return found


def _value(row: Item, item: Item) -> Iterator[Run]:
    """A value with its year and marks, and below it what must be read with it."""
    first, *rest = runs(onpaper.content(observation(row)))
    yield Strong(_measured(plain([first]), row, item))
    yield from rest
    if row["nextExpected"]:
        yield Plain(t("\nVolgende: ", "\nNext: "))
        yield telling.dutch(row["nextExpected"])


def _measured(text: str, row: Item, item: Item) -> str:
    """The value with its unit, where the value is a number."""
    if row["value"] is None or not item["unit"]:
        return text
    value, bracket, rest = text.partition(" (")
    unit = "%" if item["unit"] == "%" else f" {item['unit']}"
    return f"{value}{unit}{bracket}{rest}"


# --- the gap map --------------------------------------------------------------------------


def gaps(content: Content, _notes: Footnotes) -> Iterator[Block]:
    """Each map in words: of every row, in which sectors there is what. Rows of which the same is
    known stand together, and those of which nothing is are named."""
    for found in content["gaps"]:
        names = next(p for p in MAPS if (p[0].name, p[1].name) == (found["rows"], found["columns"]))
        yield Heading(2, caption(*names))
        cells = {(cell["row"], cell["column"]): cell for cell in found["cells"]}
        white = [row for row in found["down"] if _white(row, found["across"], cells)]
        rows: dict[tuple[Run, ...], list[str]] = {}
        for row in (row for row in found["down"] if row not in white):
            rows.setdefault(_told(row, found["across"], cells), []).append(_place(row))
        if rows:
            columns = [say(CORNERS[found["rows"]]), t("Wat bekend is", "What is known")]
            yield Table("", columns, [["\n".join(own), told] for told, own in rows.items()])
        if white:
            yield Text(t("In geen enkele sector is een initiatief bekend voor:",
                         "No initiative is known in any sector for:"))  # fmt: skip
            yield Listing([_place(row) for row in white])
    yield Text(t(
        "Een witte vlek zegt dat dit register er geen initiatief voor kent. Wat nog niet is "
        "ingedeeld, is geen witte vlek.",
        "A gap says that this register knows no initiative for it. What is not classified yet is "
        "no gap.",
    ))  # fmt: skip


CORNERS = {"causes": Words("Oorzaak", "Cause"), "themes": Words("Thema", "Theme")}


def _place(place: Item) -> str:
    return str(telling.chosen(place, "title"))


def _white(row: Item, across: list[Item], cells: Mapping[tuple[str, str], Item]) -> bool:
    return all(cells[row["reference"], one["reference"]]["state"] == EMPTY for one in across)


def _told(row: Item, across: list[Item], cells: Mapping[tuple[str, str], Item]) -> tuple[Run, ...]:
    """“Lopend: Onderwijs (1), Primair onderwijs (1)”, each state on a line."""
    lines: list[Run] = []
    for state in STATES:
        there = [
            (place, cell)
            for place in across
            if (cell := cells[row["reference"], place["reference"]])["state"] == state
        ]
        if there:
            lines += [Plain("\n")] if lines else []
            lines += [Strong(f"{telling.begun(say(LABELS[state]))}: ")]
            lines += [Plain(_sectors(there, len(across)))]
    return tuple(lines)


def _sectors(there: list[tuple[Item, Item]], total: int) -> str:
    if len(there) == total:
        counts = {cell["count"] for _, cell in there}
        told = t("alle sectoren", "all sectors")
        return f"{told} ({counts.pop()})" if len(counts) == 1 and 0 not in counts else told
    return ", ".join(
        f"{_place(place)} ({cell['count']})" if cell["count"] else _place(place)
        for place, cell in there
    )


# --- what is open -------------------------------------------------------------------------

OPEN: Mapping[str, Words] = {
    "dated": Words("Openstaand, met een termijn", "Open, with a term"),
    "conditional": Words("Wacht op een voorwaarde", "Waiting for a condition"),
    "undated": Words("Openstaand, zonder termijn", "Open, without a term"),
    "ongoing": Words("Doorlopend", "Ongoing"),
    "untraceable": Words("Geen terugkoppeling gevonden", "No report back found"),
    "unclassified": Words("Initiatieven die nog niet zijn ingedeeld", "Unclassified initiatives"),
}


def still_open(content: Content, _notes: Footnotes) -> Iterator[Block]:
    """What is not settled: by its term, then what goes on and what nobody reported back on."""
    items = {item["reference"]: item for part in LINES for item in content[part]}
    told = dict(content["open"])
    apart = {*told["undated"], *told["conditional"]}
    told["dated"] = [each for each in told["commitments"] if each not in apart]
    for name, words in OPEN.items():
        own = [items[each] for each in told[name] if each in items]
        if own:
            yield Heading(2, f"{say(words)} ({len(own)})")
            yield _list(name, own)
    if not any(told.values()):
        yield Text(t("Er staat niets open.", "Nothing is open."))


def _list(name: str, own: list[Item]) -> Block:
    if name == "unclassified":
        return Listing([str(telling.chosen(item, "title")) for item in own])
    columns = [t("Omschrijving", "Description"), t("Soort", "Kind")]
    if name not in ("dated", "conditional"):
        return Table("", columns, [_row(item) for item in own])
    columns += [t("Termijn", "Term"), t("Stand", "Status")]
    return Table("", columns, [_termed(item) for item in sorted(own, key=_latest)])


def _latest(item: Item) -> str:
    return str((item["due"] or {}).get("latest") or "9999")


def _row(item: Item) -> list[Said]:
    return [str(telling.chosen(item, "title")), telling.strength(item)]


def _termed(item: Item) -> list[Said]:
    return [*_row(item), telling.term(item["due"]), telling.status(item)]
