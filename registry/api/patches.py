"""Merge patch (RFC 7396): an object in the body is laid over the object that is there.

The lists are replaced as the RFC says; which rows are the same rows is for the schema."""

from collections.abc import Mapping
from typing import Any

from ..schema import RecordSchema, editable

DAYS = ("earliest", "latest", "kind")


def merged(schema: RecordSchema, entity: Any, patch: Any) -> Any:
    """`patch` with every object in it completed from `entity`, ready for a command."""
    if not isinstance(patch, Mapping) or not _objects(patch):
        return patch
    current = editable(schema, entity)
    return {**patch, **{n: _laid_over(current.get(n), patch[n]) for n in _objects(patch)}}


def _objects(patch: Mapping[str, Any]) -> list[str]:
    return [name for name, value in patch.items() if isinstance(value, Mapping)]


def _laid_over(current: Any, patch: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(current, Mapping):
        return patch
    kept = dict(current)
    if "text" in patch and not any(name in patch for name in DAYS):
        # The days of a policy date were read from its words: new words are read anew.
        kept = {name: value for name, value in kept.items() if name not in DAYS}
    return {**kept, **patch}
