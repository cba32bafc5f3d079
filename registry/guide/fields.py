"""The tables of fields on a page: name, type, meaning in both languages, and the words of codes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from .. import vocabulary
from ..access import View
from ..api.openapi.components import base_name
from ..api.shell import DOCS, ROOT
from ..fields import Code, Computed, Current, Described, Rows
from ..kind import Kind, kinds
from ..schema import BaseSchema
from ..web import lang, say, t
from ..words import Words
from .dutch import TYPES

Told = dict[str, Any]
FEW = 12
OWN: Mapping[str, Words] = {
    "reference": Words("Kenmerk", "Reference"),
    "workflow": Words("Publicatiestatus", "Publication state"),
    "audience": Words("Zichtbaar voor", "Visible to"),
    "keeper": Words("Beheerd door", "Kept by"),
    "version": Words("Versie: wat If-Match vergelijkt", "Version: what If-Match compares"),
    "createdAt": Words("Geregistreerd", "Registered"),
    "updatedAt": Words("Laatst gewijzigd", "Last changed"),
    "key": Words("Sleutel van deze rij", "Key of this row"),
}
CODED = {"workflow": "state", "audience": "audience"}
FOR_WHOM = {
    View.PARTNERS: Words("voor deelnemende partijen", "for partners"),
    View.CORE_GROUP: Words("voor de kerngroep", "for the core group"),
    View.SECRETARIAT: Words("voor het secretariaat", "for the secretariat"),
}


def tables(document: Told, answered: list[Told]) -> list[Told]:
    """A table for each schema that is answered, and for each kind of row or part in these.

    {id, title, rows: [{name, type, url, label, lang, hint, other, marks, codes}]}
    """
    found: dict[str, Told] = {}
    for schema in answered:
        _explain(_name(schema), document["components"]["schemas"], found)
    return [table for table in found.values() if table["rows"]]


def _explain(first: str, schemas: Told, found: dict[str, Told]) -> None:
    """Add the table of a schema, and of what is in it, to those that were found before."""
    waiting = [first]
    while waiting:
        name = waiting.pop(0)
        if name in found or name not in schemas or name.endswith("Reference"):
            continue
        properties = dict(_properties(schemas[name], schemas))
        sent = schemas.get(f"{name}Input", {})
        rows = [_row(name, n, part, sent) for n, part in properties.items()]
        found[name] = {"id": anchor(name), "title": name, "rows": rows}
        waiting += [_name(part) for part in properties.values()]


def anchor(name: str) -> str:
    """Where the table of a schema stands on its page."""
    return f"schema-{name}"


def page_of(tag: str) -> str:
    """The page of a resource."""
    return f"{ROOT}{DOCS}/{tag}"


def type_of(schema: Told) -> str:
    """The type of a value in words."""
    schema = _without_null(schema)
    if "$ref" in schema:
        kind = _pointed_at(schema)
        return t("verwijzing: ", "pointer: ") + say(kind.words).lower() if kind else _name(schema)
    if schema.get("type") == "array":
        return t("lijst: ", "list: ") + type_of(schema.get("items", {}))
    if "oneOf" in schema or "anyOf" in schema:
        parts = [type_of(part) for part in schema.get("oneOf") or schema["anyOf"]]
        return t(" of ", " or ").join(dict.fromkeys(parts))
    told = str(schema.get("format") or schema.get("type") or "object")
    return say(TYPES[told]) if told in TYPES else told


def _row(schema: str, name: str, part: Told, sent: Told) -> Told:
    field = _described(schema).get(name)
    words = field.about.words if field else OWN.get(name)
    english = "en" if lang() != "en" else None
    told: Told = {
        "label": part.get("description", ""),
        "lang": english,
        "other": None,
        "hint": None,
    }
    if words:
        other = words.nl if lang() == "en" else words.en
        told = {"label": say(words), "lang": None, "other": other, "hint": None}
    if field and field.about.hint:
        told["hint"] = say(field.about.hint)
    return {
        **told,
        "other_lang": "nl" if lang() == "en" else "en",
        "name": name,
        "type": type_of(part),
        "url": _url(part),
        "marks": _marks(name, field, sent),
        "codes": _codes(name, field, part),
    }


def _marks(name: str, field: Described | None, sent: Told) -> list[str]:
    marks = []
    if name in sent.get("required", []):
        marks.append(t("verplicht", "required"))
    if sent and name not in sent["properties"]:
        marks.append(t("alleen lezen", "read only"))
    if field is None:
        return marks
    if field.about.fact:
        marks.append(t("feit met bron", "fact with source"))
    if field.about.filter:
        marks.append("filter")
    if field.about.view in FOR_WHOM:
        marks.append(say(FOR_WHOM[field.about.view]))
    return marks


def _codes(name: str, field: Described | None, part: Told) -> Told | None:
    """The codes that a value can be, with their words where they are of a vocabulary."""
    while isinstance(field, Computed | Current):
        field = field.like
    book = vocabulary.LISTS.get(field.of if isinstance(field, Code) else CODED.get(name, ""))
    if book is not None:
        terms: list[Told] = [
            {"code": term.code, "words": say(term.words)} for term in book.terms.values()
        ]
        return {"open": book.open, "terms": terms, "few": len(terms) <= FEW}
    part = _without_null(part)
    values = part.get("enum") or part.get("items", {}).get("enum") or []
    terms = [{"code": value, "words": None} for value in values if value is not None]
    return {"open": False, "terms": terms, "few": True} if terms else None


def _url(part: Told) -> str | None:
    """Where what a value points at is explained."""
    if kind := _pointed_at(part):
        return page_of(kind.collection)
    name = _name(part)
    return f"#{anchor(name)}" if name else None


def _pointed_at(part: Told) -> Kind | None:
    """The kind of record that a value points at."""
    name = _name(part)
    return _kinds().get(name.removesuffix("Reference")) if name.endswith("Reference") else None


def _name(schema: Told) -> str:
    """The name of the schema that a value is, or is a list of; "" where it has none."""
    schema = _without_null(schema)
    if schema.get("type") == "array":
        return _name(schema.get("items", {}))
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _without_null(schema: Told) -> Told:
    """The schema of what is not null; of what is a pointer or the record itself, the pointer."""
    if isinstance(schema.get("type"), list):
        return {**schema, "type": schema["type"][0]}
    several = schema.get("oneOf") or schema.get("anyOf") or []
    kept = [_without_null(part) for part in several if part != {"type": "null"}]
    pointers = [part for part in kept if str(part.get("$ref", "")).endswith("Reference")]
    if pointers or len(kept) == 1:
        return (pointers or kept)[0]
    return schema


def _properties(schema: Told, schemas: Told) -> Iterator[tuple[str, Told]]:
    if "$ref" in schema:
        yield from _properties(schemas[_name(schema)], schemas)
    for part in schema.get("allOf", []):
        yield from _properties(part, schemas)
    yield from schema.get("properties", {}).items()


@cache
def _kinds() -> dict[str, Kind]:
    """The kinds by the name that a pointer has in the document, without its ending."""
    return {kind.model.__name__: kind for kind in kinds()}


@cache
def _dictionaries() -> dict[str, BaseSchema]:
    """The field dictionaries by the name of their schema in the document, rows included."""
    found: dict[str, BaseSchema] = {}
    waiting: list[BaseSchema] = [kind.dictionary for kind in kinds()]
    while waiting:
        schema = waiting.pop()
        if base_name(type(schema)) not in found:
            found[base_name(type(schema))] = schema
            rows = [f for f in schema.described().values() if isinstance(f, Rows)]
            waiting += [field.schema for field in rows]
    return found


def _described(name: str) -> dict[str, Described]:
    """The fields of a schema of the document by their names in JSON."""
    schema = _dictionaries().get(name)
    fields = schema.described().values() if schema else ()
    return {str(field.data_key): field for field in fields}
