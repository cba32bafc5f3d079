"""Payloads read off the dictionaries: every field filled in, with one row in every list."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from registry import ROOMS, fields, vocabulary
from registry.commitments.places import MadeAt
from registry.kind import Kind, kinds
from registry.schema import BaseSchema
from registry.sources.schemas import Quote

for room in ROOMS:
    if room.endswith(".schemas"):
        import_module(f"registry.{room}")  # what is not imported is no kind yet

KINDS = [pytest.param(kind, id=kind.name) for kind in kinds()]
"""Every kind, to parametrize a test with."""

OF_LETTERS = [param for param in KINDS if param.id not in ("meeting", "measure", "annex")]
"""Every kind that the letters speak of."""

SPECIAL: Mapping[str, Mapping[str, Any]] = {
    "IdentifierSchema": {"scheme": "kvk", "value": "27376655"},
    "MoneySchema": {"currency": "EUR"},
    "DocumentSchema": {
        "dossier": "25883",
        "addition": "XV",
        "number": "405",
        "sha256": "0" * 64,
        "planned": False,
    },
    "AnnexSchema": {"dossier": "25883"},
    "SourceSchema": {"field": "sources", "basis": "stated"},
    "ActionSchema": {"decision": 1},
    "ObservationSchema": {"value": 1.5, "valueTo": 2.5},
}
"""What a rule over several fields of a row asks for."""

PointAt = Callable[[Kind], str]


def kind_of(model: Any) -> Kind:
    """The kind that this model holds."""
    return next(kind for kind in kinds() if kind.model is model)


def filled(schema: BaseSchema) -> Iterator[tuple[str, fields.Described]]:
    """The fields that somebody can fill in, by JSON name, keys of rows left out."""
    for name, field in schema.load_fields.items():
        if isinstance(field, fields.Described) and name != "key":
            yield field.data_key or name, field


@dataclass(frozen=True)
class Full:
    """Fills in every field of a schema; `point_at` gives the reference of a record of a kind."""

    point_at: PointAt
    text: Callable[[fields.Text], str] = lambda field: f"Tekst {field.about.words.nl}"[:20]

    def payload(self, schema: BaseSchema) -> dict[str, Any]:
        special = SPECIAL.get(type(schema).__name__, {})
        return {name: special.get(name, self.value(field)) for name, field in filled(schema)}

    def value(self, field: fields.Described) -> Any:
        for type_, make in self._values():
            if isinstance(field, type_):
                return make(field)
        raise LookupError(f"no value for {type(field).__name__}")

    def _values(self) -> list[tuple[Any, Callable[[Any], Any]]]:
        return [
            (fields.Rows, lambda f: [self.payload(f.schema)]),
            (fields.Ref, lambda f: self.point_at(kind_of(f.to))),
            (MadeAt, self._place),
            (Quote, lambda f: self.text(f)[:600]),
            (fields.Code, lambda f: list(vocabulary.terms(f.of))[-1]),
            (fields.Link, lambda f: "https://registry.example/a?b=c&d=%20"),
            (fields.Text, lambda f: self.text(f)[: f.max_length]),
            (fields.Amount, lambda f: "1250.50"),
            (fields.Number, lambda f: 3.25),
            (fields.Whole, lambda f: max(f.validate.min, 2)),
            (fields.Flag, lambda f: True),
            (fields.Day, lambda f: "2020-11-16"),
            (fields.Policy, lambda f: {"text": "medio 2021"}),
        ]

    def _place(self, field: MadeAt) -> dict[str, str]:
        return {name: self.point_at(kind_of(ref.to)) for name, ref in field.parts.items()}
