"""What a browser posted, as a tree. Names that no form has are left alone; nothing here fails."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..fields import UNREADABLE

ROW = re.compile(r"([A-Za-z]+)-([0-9]{1,6})-([A-Za-z-]+)", re.ASCII)


class Posted:
    """Values by name, and rows by list and position. Of a name that occurs twice the last counts,
    as a ticked box follows its hidden "false"."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.values: dict[str, str] = {}
        self._rows: dict[str, dict[int, dict[str, str]]] = {}
        for name, value in pairs:
            if match := ROW.fullmatch(name):
                rows = self._rows.setdefault(match[1], {})
                rows.setdefault(int(match[2]), {})[match[3]] = value
            else:
                self.values[name] = value

    def rows(self, name: str) -> list["Posted"] | None:
        """The rows of a list in the order of their numbers; None where the list was not asked."""
        found = self._rows.get(name)
        if found is None:
            return [] if name in self.values.get("_lists", "").split() else None
        return [Posted(found[number].items()) for number in sorted(found)]

    def parts(self, name: str, parts: Iterable[str]) -> dict[str, str] | None:
        """The posted parts of one field, or None where none was."""
        found = {p: self.values[f"{name}-{p}"] for p in parts if f"{name}-{p}" in self.values}
        return found or None


def blank(node: Any) -> bool:
    """Whether an answer says nothing."""
    if isinstance(node, Mapping):
        return all(blank(part) for part in node.values())
    return not node or (isinstance(node, str) and node.strip() in ("", "false"))


def printable(node: Any) -> Any:
    """An answer as a page can show it: characters that HTML has no place for are replaced."""
    if isinstance(node, Mapping):
        return {name: printable(part) for name, part in node.items()}
    if isinstance(node, list):
        return [printable(row) for row in node]
    return UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", node) if isinstance(node, str) else node
