"""The tables in one ZIP, with what they mean: a field guide, the code lists, and how to read it."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from .. import vocabulary
from ..downloads.columns import Column
from ..downloads.guide import TYPES
from ..fields import Code, Computed, Described
from ..kind import kinds_in_order
from ..tables.delimited import safe
from . import keeping
from .tables import NESTED, OWN, SUFFIX, described

GUIDE, CODES, README = "field-guide.csv", "vocabularies.csv", "README.txt"
GUIDED = (
    *("table", "column", "nl", "en", "type", "meaningNl", "meaningEn", "vocabulary", "required"),
)
CODED = ("vocabulary", "code", "nl", "en", "definition", "retired")
WORDS = """\
Samenwerkingsregister: alle openbare gegevens / all public data
Gemaakt / made: {made_at}
Licentie / licence: CC0-1.0 https://creativecommons.org/publicdomain/zero/1.0/

NL
Een bestand per soort gegeven, en een per lijst daarin: initiatives-participations.csv hoort bij
initiatives.csv; `reference` zegt bij welk gegeven een rij hoort. Een verwijzing is het kenmerk van
een ander gegeven. UTF-8, met komma's ertussen. Tekst die een rekenblad als formule zou lezen,
begint met een apostrof. {guide}: wat elke kolom betekent. {codes}: wat elke code betekent.
Bijblijven: GET /api/v1/changes?cursor=…, met de cursor in dump.json.

EN
One file for each kind of record, and one for each list in it: initiatives-participations.csv goes
with initiatives.csv; `reference` says which record a row is of. A pointer is the reference of
another record. UTF-8, with commas between. Text that a spreadsheet would read as a formula begins
with an apostrophe. {guide}: what each column means. {codes}: what each code means.
To keep up: GET /api/v1/changes?cursor=…, with the cursor in dump.json.

"""
OWN_WORDS = {
    "reference": ("Kenmerk", "Reference", "reference"),
    "workflow": ("Publicatiestatus", "Publication state", "code"),
    "audience": ("Zichtbaar voor", "Whom it is meant for", "code"),
    "keeper": ("Beheerd door", "Kept by", "reference of another record"),
    "version": ("Versie", "Version", "whole number"),
    "createdAt": ("Geregistreerd op", "Registered at", "moment"),
    "updatedAt": ("Gewijzigd op", "Changed at", "moment"),
    "key": ("Sleutel van de rij", "Key of the row", "text"),
}
VOCABULARIES = {"workflow": "state", "audience": "audience"}


def pack(folder: Path, *, made_at: str, cursor: str, counts: dict[str, int]) -> None:
    """Put the tables in `folder` into the ZIP of the dump, and take them away."""
    words = WORDS.format(made_at=made_at, guide=GUIDE, codes=CODES)
    words += "".join(f"{name}{SUFFIX}: {count}\n" for name, count in counts.items())
    told = {"madeAt": made_at, "cursor": cursor, "counts": counts}
    with ZipFile(folder / keeping.NAMES[keeping.TABLES], "w", ZIP_DEFLATED) as archive:
        archive.writestr(README, words)
        archive.writestr(keeping.TOLD, json.dumps(told, indent=1))
        _table(folder / GUIDE, GUIDED, _guide())
        _table(folder / CODES, CODED, _codes())
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            archive.write(path, path.name)
            path.unlink()


def _table(path: Path, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([safe(cell) for cell in row] for row in rows)


def _guide() -> Iterator[Sequence[str]]:
    """What every column of every table is."""
    for kind in kinds_in_order():
        for table, nested, found in described(kind):
            for name in NESTED if nested else OWN:
                nl, en, type_ = OWN_WORDS[name]
                yield table, name, nl, en, type_, "", "", VOCABULARIES.get(name, ""), "true"
            for column in found:
                yield _line(table, column)


def _line(table: str, column: Column) -> Sequence[str]:
    field = column.field.like if isinstance(column.field, Computed) else column.field
    parts = getattr(field, "parts", None)
    inner: Described = parts[column.part] if column.part and isinstance(parts, dict) else field
    hint = column.field.about.hint or inner.about.hint
    day = column.part in ("earliest", "latest")
    kind = "day" if day else next(words.en for type_, words in TYPES if isinstance(inner, type_))
    needed = "true" if column.field.required and column.part in ("", "text") else "false"
    return (
        *(table, column.name, column.words.nl, column.words.en, kind),
        *((hint.nl, hint.en) if hint else ("", "")),
        inner.of if isinstance(inner, Code) else "",
        needed,
    )


def _codes() -> Iterator[Sequence[str]]:
    for name in vocabulary.LISTS:
        for code, term in vocabulary.terms(name).items():
            retired = "true" if term.retired else "false"
            yield name, code, term.words.nl, term.words.en, term.definition or "", retired
