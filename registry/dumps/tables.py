"""The records of a kind as tables: one of their own fields, and one for each nested list."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from ..access import View
from ..downloads.columns import Column, columns, lists, value, values
from ..fields import Computed, Policy, Ref
from ..kind import Kind
from ..tables.writing import Delimited, Value

OWN = ("reference", "workflow", "audience", "keeper", "version", "createdAt", "updatedAt")
NESTED = ("reference", "key")
SUFFIX = ".csv"


class Tables:
    """The files of one kind in a folder, open while rows are added."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        self.kind, self.folder, self.ending = kind, folder, ExitStack()
        self.columns = {name: found for name, _, found in described(kind)}
        self.files: dict[str, Delimited] = {}

    def __enter__(self) -> Self:
        for name, found in self.columns.items():
            path = self.folder / f"{name}{SUFFIX}"
            file = self.ending.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            first = OWN if name == self.kind.collection else NESTED
            self.files[name] = Delimited(file, "en")
            self.files[name].start(name, dict.fromkeys([*first, *(c.name for c in found)], ""))
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.close()

    def add(self, item: Mapping[str, Any]) -> None:
        """Write one record, from its JSON."""
        own = self.kind.collection
        first = [_plain(item[name]) for name in OWN]
        self.files[own].add(own, [*first, *values(self.columns[own], item, _value)])
        for name, found in self.columns.items():
            for row in item.get(_list(own, name)) or [] if name != own else []:
                self.files[name].add(
                    name, [item["reference"], row["key"], *values(found, row, _value)]
                )


def described(kind: Kind) -> Iterator[tuple[str, str, list[Column]]]:
    """(name, the list that it is of or "", columns) of each table of a kind."""
    yield kind.collection, "", columns(kind.dictionary, View.PUBLIC)
    for name, field in lists(kind, View.PUBLIC).items():
        yield f"{kind.collection}-{name}", name, columns(field.schema, View.PUBLIC)


def _list(own: str, table: str) -> str:
    return table.removeprefix(f"{own}-")


def _value(column: Column, given: Any) -> Value:
    """What stands in a cell: of a pointer the reference alone, as the name is in another table."""
    field = column.field.like if isinstance(column.field, Computed) else column.field
    if given is None:
        return None
    if isinstance(field, Ref):
        return _plain(given)
    if column.part and not isinstance(field, Policy):
        return _plain(given[column.part])
    return value(column, given)


def _plain(given: Any) -> Value:
    found: Value = given["reference"] if isinstance(given, Mapping) else given
    return found
