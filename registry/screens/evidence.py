"""Where the facts of a record come from: numbered sources, and the numbers beside the fields."""

from collections.abc import Mapping
from typing import Any

from .. import vocabulary
from ..schema import RecordSchema
from ..web import links
from ..web.language import say
from ..words import Words
from . import paths


class Evidence:
    """The sources of one record. Equal words with the same basis are one numbered source."""

    def __init__(self, schema: RecordSchema, item: Mapping[str, Any]) -> None:
        self.schema, self.item = schema, item
        self._of: dict[tuple[str, str | None], list[int]] = {}
        self.sources: list[dict[str, Any]] = []
        self._numbers: dict[tuple[Any, ...], int] = {}
        for citation in sorted(item.get("sources") or [], key=self._order):
            self._enter(citation)

    def of(self, name: str, key: str | None = None) -> list[int]:
        """The numbers of the sources of a field, or of a row of a list."""
        return self._of.get((name, key), [])

    def _order(self, citation: Mapping[str, Any]) -> tuple[int, int]:
        names = list(paths.by_json(self.schema))
        at = paths.place(self.schema, citation["field"])
        rows = [row.get("key") for row in self.item.get(at.name) or []] if at.key else []
        known = names.index(at.name) if at.name in names else len(names)
        return known, rows.index(at.key) if at.key in rows else -1

    def _enter(self, citation: Mapping[str, Any]) -> None:
        document = citation.get("document") or {}
        same = (document.get("reference"), citation.get("quote"), citation["basis"])
        if same not in self._numbers:
            self._numbers[same] = len(self.sources) + 1
            self.sources.append(self._source(citation, document))
        number = self._numbers[same]
        at = paths.place(self.schema, citation["field"])
        noted = self._of.setdefault((at.name, at.key), [])
        if number not in noted:
            noted.append(number)
        self._add(
            number, paths.label(self.schema, citation["field"], self.item), citation.get("why")
        )

    def _add(self, number: int, words: str, why: str | None) -> None:
        source = self.sources[number - 1]
        if words not in source["fields"]:
            source["fields"].append(words)
            source["about"] = "; ".join(source["fields"])
        if why and why not in source["whys"]:
            source["whys"].append(why)
            source["why"] = " ".join(source["whys"])

    def _source(self, citation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
        reference = document.get("reference")
        number = document.get("identification")
        title = document.get("title")
        return {
            "n": len(self.sources) + 1,
            "fields": [],
            "about": "",
            "document": f"{title} ({number})" if number else title,
            "document_url": _address(reference, citation.get("quote")),
            "official_url": document.get("url"),
            "quote": citation.get("quote"),
            "section": citation.get("section"),
            "lines": citation.get("lines"),
            "basis": say(basis(citation["basis"])),
            "whys": [],
            "why": None,
        }


def _address(reference: str | None, quote: str | None) -> str | None:
    if reference is None:
        return None
    return links.of_passage(reference, quote) if quote else links.of_reference(reference)


def basis(code: str) -> Words:
    """How we know this, in words."""
    return vocabulary.label("basis", code)
