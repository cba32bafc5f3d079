"""What is asked of each record: which of its members, and which pointers are followed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..access import View
from ..fields import Ref, Rows
from ..kind import Kind, kinds
from ..schema import BaseSchema, Keeper, RecordSchema, only_seen

DEEPEST = 2
"""How many pointers a path follows: `participations.partner.parent` follows two."""
Follow = Mapping[str, Any]
"""The paths as a tree: {"participations": {"partner": {"parent": {}}}}."""


@dataclass(frozen=True)
class Selection:
    """JSON names of members (none: all) and paths of pointers, each in one order of writing."""

    fields: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()

    @classmethod
    def of(cls, fields: Iterable[str] = (), expand: Iterable[str] = ()) -> "Selection":
        """The same selection for the same question, however it was written."""
        asked = set(fields)
        paths = set(expand)
        longest = (p for p in paths if not any(other.startswith(f"{p}.") for other in paths))
        return cls(tuple(sorted(asked | {"reference"})) if asked else (), tuple(sorted(longest)))

    @property
    def follow(self) -> Follow:
        """The paths as a tree."""
        tree: dict[str, Any] = {}
        for path in self.expand:
            at = tree
            for name in path.split("."):
                at = at.setdefault(name, {})
        return tree

    def has(self, name: str) -> bool:
        """Whether the member `name` is asked for."""
        return not self.fields or name in self.fields


WHOLE = Selection()


def kind_of(model: Any) -> Kind:
    """The kind whose records the rows of `model` are."""
    return next(kind for kind in kinds() if kind.model is model)


def keeping() -> Kind:
    """The kind whose records keep others."""
    return next(kind for kind in kinds() if kind.keeps)


def members(schema: RecordSchema, view: View) -> list[str]:
    """The JSON names of what `view` is shown of a record."""
    return [str(schema.fields[name].data_key) for name in only_seen(schema, view)]


def paths(schema: RecordSchema, view: View) -> dict[str, Kind]:
    """What can be expanded: each path with the kind of record that stands at its end."""
    return dict(_paths(schema, view, DEEPEST))


def _paths(schema: RecordSchema, view: View, deep: int) -> Iterator[tuple[str, Kind]]:
    for name, kind in pointers(schema, view):
        if "." in name and deep < DEEPEST:
            continue  # the rows of what was followed are not followed in their turn
        yield name, kind
        if deep > 1:
            further = _paths(kind.dictionary, view, deep - 1)
            yield from ((f"{name}.{path}", at) for path, at in further)


def pointers(schema: BaseSchema, view: View) -> Iterator[tuple[str, Kind]]:
    """The pointers in a record or a row that `view` is shown, with the kind of their target: of
    its own, of its rows (`participations.partner`) and of its objects (`madeAt.event`)."""
    for name in only_seen(schema, view):
        field = schema.fields[name]
        key = str(field.data_key)
        if isinstance(field, Keeper):
            yield key, keeping()
        elif isinstance(field, Ref):
            yield key, kind_of(field.to)
        elif isinstance(field, Rows):
            yield from ((f"{key}.{inner}", kind) for inner, kind in pointers(field.schema, view))
        else:
            yield from ((f"{key}.{part}", kind_of(ref.to)) for part, ref in field_parts(field))


def field_parts(field: Any) -> Iterator[tuple[str, Ref]]:
    """The pointers of a field that is an object of them."""
    parts = getattr(field, "parts", None)
    return iter(parts.items()) if isinstance(parts, Mapping) else iter(())
