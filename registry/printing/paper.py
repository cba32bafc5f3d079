"""An annex as a paper: what it is and as of when, its sections in their order, and what it rests
on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from .. import clock, vocabulary
from ..annexes.commands import fingerprint
from ..annexes.looking import Content, Item
from ..annexes.reading import LINES
from ..papers import Block, Fact, Heading, Lang, Listing, PageBreak, Paper, Strong, Table, Text
from ..papers import Content as Said
from ..vocabulary import LISTS
from ..web import counted, say, t
from ..web.language import speaking
from ..words import Words
from . import telling
from .lines import commitments, initiatives
from .notes import Footnotes, named
from .parts import figures, gaps, still_open
from .telling import chosen, day

FREE, INTRODUCTION = "text", "introduction"
DRAFT = Words("CONCEPT – niet vastgesteld", "DRAFT – not frozen")
RECORD = Words("gegeven", "record"), Words("gegevens", "records")
LINE = Words("regel", "line"), Words("regels", "lines")
MOST_NAMED = 40
Maker = Callable[[Content, Footnotes], Iterable[Block]]


def paper(content: Content, language: Lang) -> Paper:
    """An annex in a language. The same content is the same paper, whenever that is asked."""
    with speaking(language):
        notes = Footnotes(content)
        return Paper(
            str(chosen(content, "title")),
            language,
            clock.beginning(date.fromisoformat(content["frozenOn"] or content["asOf"])),
            [*_blocks(content, notes)],
            subtitle=t(f"Stand op {day(content['asOf'])}", f"As of {day(content['asOf'])}"),
            facts=[*_facts(content)],
            mark="" if content["number"] else say(DRAFT),
        )


# --- what it is ---------------------------------------------------------------------------


def _facts(content: Content) -> Iterator[Fact]:
    letter, limits = content["letter"], content["scope"]
    if letter:
        yield t("Bij", "To"), _letter(letter)
    dossier = limits["dossier"] or _dossier(content)
    if dossier:
        yield t("Dossier", "Dossier"), f"{dossier[:-3]} {dossier[-3:]}"
    yield t("Peildatum", "Reference date"), day(content["asOf"])
    if content["number"]:
        told = t("nr. {} op {}", "no. {} on {}")
        yield (
            t("Vastgesteld", "Frozen"),
            told.format(content["number"], day(content["frozenOn"])),
        )
    else:
        yield t("Vastgesteld", "Frozen"), [Strong(t("nog niet: concept", "not yet: draft"))]
    if before := content["previous"]:
        yield t("Vergeleken met", "Compared with"), _before(before)
    if narrowed := _narrowed(limits):
        yield t("Beperkt tot", "Limited to"), narrowed
    if content["reference"]:
        yield t("Kenmerk", "Reference"), content["reference"]


def _letter(letter: Item) -> str:
    """“Voortgangsbrief najaar 2021 (verwacht in november 2021)”."""
    number, expected = letter["identification"], telling.brief(letter["expected"])
    if number:
        return f"{letter['title']} ({number})"
    if letter["planned"] and expected:
        return t(f"{letter['title']} (verwacht: {expected})",
                 f"{letter['title']} (expected: {expected})")  # fmt: skip
    return str(letter["title"])


def _dossier(content: Content) -> str | None:
    """The one dossier that all cited papers of Parliament are of."""
    found = {
        (note["document"] or {}).get("identification", "")[:6]
        for note in content["footnotes"]
        if "," in ((note["document"] or {}).get("identification") or "")
    }
    return found.pop().replace(" ", "") if len(found) == 1 else None


def _before(before: Item) -> str:
    """What is compared with, as it is named in the papers of Parliament."""
    number, on = before.get("identification") or before.get("number"), before["day"]
    name = str(number or chosen({"titleEn": None, **before}, "title"))
    if before["kind"] == "letter" and number:
        name = named(before)
    elif number:
        name = t(f"bijlage nr. {number}", f"annex no. {number}")
    return t(f"{name} van {day(on)}", f"{name} of {day(on)}") if on else name


def _narrowed(limits: Item) -> str:
    names = [chosen({"nameEn": None, **row}, "name") for row in limits["themes"]]
    names += [row["name"] for row in limits["organisations"]]
    names += [telling.word("strength", code) for code in limits["strengths"]]
    return ", ".join(filter(None, names))


# --- its sections -------------------------------------------------------------------------


def _blocks(content: Content, notes: Footnotes) -> Iterator[Block]:
    for row in content["sections"]:
        name = row["section"]
        if name == "commitments":
            yield PageBreak()
        usual = "" if name == FREE else telling.begun(say(vocabulary.label("annex-section", name)))
        yield Heading(1, chosen(row, "heading") or usual, row["key"])
        if name == INTRODUCTION:
            yield from map(Text, telling.paragraphs(chosen(content, "introduction")))
        yield from map(Text, telling.paragraphs(chosen(row, "text")))
        if name in MAKERS:
            yield from MAKERS[name](content, notes)
    if not content["number"]:
        yield from _unagreed(content)
    yield from _closing(content, notes)


def _introduction(content: Content, _notes: Footnotes) -> Iterator[Block]:
    """How it is to be read, and how many lines stand how."""
    on, count = day(content["asOf"]), len(content["initiatives"])
    yield Text(t(
        f"Deze bijlage geeft de stand op {on} van wat over de aanpak van burn-outklachten is "
        f"gezegd en van {count} initiatieven. Elke uitspraak heet wat zij is: een streven of een "
        "verwachting is geen toezegging.",
        f"This annex tells how what was said on tackling burn-out complaints, and {count} "
        f"initiatives, stand on {on}. Each statement is called what it is: an aim or an "
        "expectation is no promise.",
    ))  # fmt: skip
    yield Text(f"{_reading()} {_comparing(content['previous'])}".strip())
    if content["commitments"]:
        yield _overview(content["commitments"])


def _reading() -> str:
    return t(
        "Van een termijn staan er de woorden van de brief, en waar dat geen datum is ook de "
        "periode waarin zij zijn gelezen. Een voetnoot noemt het document, de regels en de "
        "woorden waarop een regel van deze bijlage berust. De stand is die volgens het ministerie; "
        "een oordeel van de Kamer staat erbij waar het is vastgelegd.",
        "Of a term the words of the letter stand here and, where these are no date, the period "
        "that they are read as. A footnote names the document, lines and words that a line of "
        "this annex rests on. The status is that according to the ministry; a judgement of the "
        "House is told where it was recorded.",
    )


def _comparing(before: Item | None) -> str:
    if before is None:
        return ""
    name = _before(before)
    if before["comparable"]:
        return t(f"Wat is gewijzigd, is gewijzigd sinds {name}.",
                 f"What changed has changed since {name}.")  # fmt: skip
    return t(
        f"De dag van {name} is onbekend of ligt na de peildatum: wat sindsdien is gewijzigd, "
        "is niet te zeggen.",
        f"The day of {name} is unknown or after the reference date: what changed since cannot "
        "be said.",
    )


def _overview(lines: list[Item]) -> Block:
    """How many of each kind stand how."""
    rows: list[list[Said]] = []
    for strength in LISTS["strength"].terms:
        own = [line["status"] for line in lines if line["strength"] == strength]
        if own:
            rows.append([telling.strengths(strength), str(len(own)), _tally(own)])
    whole = [line["status"] for line in lines]
    rows.append([[Strong(part)] for part in (t("Totaal", "Total"), str(len(whole)), _tally(whole))])
    columns = [t("Soort", "Kind"), t("Aantal", "Number"), t("Stand", "Status")]
    return Table(t("Overzicht", "Overview"), columns, rows, numeric=(1,))


def _tally(statuses: list[str | None]) -> str:
    """“12 openstaand, 3 doorlopend”."""
    codes = [code for code in LISTS["commitment-status"].terms if code in statuses]
    told = [f"{statuses.count(code)} {telling.word('commitment-status', code)}" for code in codes]
    unknown = statuses.count(None)
    return ", ".join(
        [*told, *([t(f"{unknown} niet bekend", f"{unknown} unknown")] * bool(unknown))]
    )


MAKERS: Mapping[str, Maker] = {
    INTRODUCTION: _introduction,
    "commitments": commitments,
    "initiatives": initiatives,
    "figures": figures,
    "gaps": gaps,
    "open": still_open,
}


# --- what it rests on ---------------------------------------------------------------------


def _unagreed(content: Content) -> Iterator[Block]:
    """Who has not agreed yet, for the core group."""
    left = {*content["open"].get("unagreed", ())}
    found: dict[str, list[str]] = {}
    nobody = t("Geen organisatie: aan niemand te vragen", "No organisation: nobody can be asked")
    for line in (line for part in LINES for line in content[part]):
        if line["reference"] in left:
            for owner in line["agreement"]["owners"] or [{"name": nobody}]:
                found.setdefault(owner["name"], []).append(line["reference"])
    if not found:
        return
    yield Heading(1, t("Nog geen akkoord", "Not agreed yet"))
    yield Text(t(
        f"Op {counted(len(left), *LINE)} is nog geen akkoord gegeven. Dit overzicht vervalt bij "
        "vaststelling.",
        f"{counted(len(left), *LINE)} not agreed to yet. This overview goes when the annex is "
        "frozen.",
    ))  # fmt: skip
    columns = [t("Wie erover gaat", "Who owns it"), t("Aantal", "Number"), t("Regels", "Lines")]
    rows: list[list[Said]] = [
        [name, str(len(own)), _some(own)]
        for name, own in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    yield Table("", columns, rows, numeric=(1,))


def _some(references: list[str]) -> str:
    told, rest = ", ".join(references[:MOST_NAMED]), len(references) - MOST_NAMED
    return t(f"{told} en {rest} andere", f"{told} and {rest} others") if rest > 0 else told


def _closing(content: Content, notes: Footnotes) -> Iterator[Block]:
    yield Heading(1, t("Verantwoording", "Account"))
    if papers := notes.documents():
        yield Text(t("Aangehaalde documenten:", "Documents cited:"))
        yield Listing(papers)
    if hidden := content["leftOut"]:
        things = counted(hidden, *RECORD)
        yield Text(t(
            f"Weggelaten: {things} die voor de lezer van deze versie niet zichtbaar zijn.",
            f"Left out: {things} that the reader of this version may not see.",
        ))  # fmt: skip
    whole = content.get("sha256") or fingerprint(content)
    told = t("Vingerafdruk van de inhoud (SHA-256):", "Fingerprint of the content (SHA-256):")
    yield Text(f"{told}\n{whole}")
