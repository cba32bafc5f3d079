"""The field guide: a sheet that says of every column what it is and what can stand in it."""

from collections.abc import Iterator

from .. import vocabulary
from ..access import Actor
from ..fields import (
    Amount,
    Code,
    Computed,
    Day,
    Described,
    FieldPath,
    Flag,
    Link,
    Number,
    Policy,
    Ref,
    Rows,
    Text,
    Whole,
)
from ..kind import Kind, kinds
from ..words import Words
from .columns import Column, columns, lists

NAMES = Words("Veldgids", "Field guide")
HEADS: tuple[tuple[Words, str], ...] = (
    (Words("Blad", "Sheet"), ""),
    (Words("Kolom", "Column"), ""),
    (Words("Nederlands", "Dutch"), ""),
    (Words("Engels", "English"), ""),
    (Words("Soort", "Type"), ""),
    (Words("Verplicht", "Required"), ""),
    (Words("Toegestane waarden", "Allowed values"), "long"),
    (Words("Regel", "Rule"), "long"),
)
TYPES: tuple[tuple[type, Words], ...] = (
    (Policy, Words("tijd in woorden", "time in words")),
    (Ref, Words("kenmerk van een ander gegeven", "reference of another record")),
    (Code, Words("code", "code")),
    (Flag, Words("ja of nee", "yes or no")),
    (Day, Words("dag", "day")),
    (Whole, Words("geheel getal", "whole number")),
    (Number, Words("getal", "number")),
    (Amount, Words("bedrag", "amount")),
    (Link, Words("webadres", "web address")),
    (FieldPath, Words("naam van een veld", "name of a field")),
    (Described, Words("tekst", "text")),
)
OWN: tuple[tuple[str, Words, Words], ...] = (
    (
        "reference",
        Words("Kenmerk", "Reference"),
        Words(
            "Zegt welk gegeven dit is. Laat leeg voor een nieuw gegeven, of geef een eigen naam "
            "waar andere bladen naar verwijzen.",
            "Says which record this is. Leave empty for a new one, or give a name of your own for "
            "other sheets to point at.",
        ),
    ),
    (
        "version",
        Words("Versie", "Version"),
        Words(
            "Laat staan: zo wordt gezien of een ander intussen iets wijzigde.",
            "Leave as it is: this is how it is seen that someone else changed something.",
        ),
    ),
)
KEY = Words(
    "Zegt welke rij dit is. Laat leeg voor een nieuwe rij. Een rij die u weghaalt, verdwijnt.",
    "Says which row this is. Leave empty for a new row. A row that you take out is removed.",
)
READ_ONLY = Words(
    "wordt berekend; wijzigen heeft geen gevolg", "computed; changing it does nothing"
)
LONGEST = Words("hoogstens {n} tekens", "at most {n} characters")
DAYS = Words(
    "Leeg: gelezen uit de woorden. Wijzigt u de woorden, dan worden ook de dagen opnieuw gelezen.",
    "Empty: read from the words. If you change the words, the days are read anew too.",
)
YES, NO = Words("ja", "yes"), Words("nee", "no")


def guide(kind: Kind, actor: Actor, lang: str) -> Iterator[list[str]]:
    """The lines of the field guide."""
    main = kind.collection
    for name, words, rule in OWN:
        yield [main, name, words.nl, words.en, "", NO.in_(lang), "", rule.in_(lang)]
    for column in columns(kind.dictionary, actor.view):
        yield _line(main, column, lang)
    for name, field in lists(kind, actor.view).items():
        yield from _list(name, field, actor, lang)


def _list(name: str, field: Rows, actor: Actor, lang: str) -> Iterator[list[str]]:
    _, words, _ = OWN[0]
    yield [name, "reference", words.nl, words.en, "", YES.in_(lang), "", ""]
    yield [name, "key", "Sleutel", "Key", "", NO.in_(lang), "", KEY.in_(lang)]
    for column in columns(field.schema, actor.view):
        yield _line(name, column, lang)


def _line(sheet: str, column: Column, lang: str) -> list[str]:
    field = column.field.like if isinstance(column.field, Computed) else column.field
    part = getattr(field, "parts", None)
    inner = part[column.part] if column.part and isinstance(part, dict) else field
    day = column.part in ("earliest", "latest")
    kind = TYPES[4][1] if day else next(w for t, w in TYPES if isinstance(inner, t))
    needed = YES if field.required and column.part in ("", "text") else NO
    return [
        sheet,
        column.name,
        column.words.nl,
        column.words.en,
        kind.in_(lang),
        needed.in_(lang),
        _allowed(inner, lang),
        "; ".join(_rules(column, inner, lang)),
    ]


def _allowed(field: Described, lang: str) -> str:
    if isinstance(field, Code):
        terms = vocabulary.terms(field.of).items()
        return ", ".join(f"{c} = {term.words.in_(lang)}" for c, term in terms if not term.retired)
    if isinstance(field, Ref):
        kind = next(kind for kind in kinds() if kind.model is field.to)
        return f"{kind.prefix}-0001 … ({kind.plural.in_(lang)})"
    return "true, false" if isinstance(field, Flag) else ""


def _rules(column: Column, field: Described, lang: str) -> Iterator[str]:
    if column.read_only:
        yield READ_ONLY.in_(lang)
    elif isinstance(field, Text):
        yield LONGEST.in_(lang).format(n=field.max_length)
    if isinstance(field, Policy) and column.part != "text":
        yield DAYS.in_(lang)
    if field.about.hint:
        yield field.about.hint.in_(lang)
