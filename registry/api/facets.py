"""How many records a list has of each value of its filters, as the screens show beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from .. import listing
from ..errors import Invalid, Message
from ..kind import Kind
from ..listing.question import ALLOWED
from ..listing.selecting import PARAMETERS
from . import answers, conditions
from .callers import caller
from .problems import Refused
from .validators import by_standing

MOST = 20
"""How many filters are counted at once: however many, they are one question to the database."""
PAGING = ("perPage", "cursor", "sort", "count", "highlight", *PARAMETERS)
MANY = Message("At most {most} facets at a time.", "Hoogstens {most} facetten per keer.", "range")
UNPAGED = Message(
    "Counts have no pages and no order.", "Tellingen hebben geen pagina’s of volgorde.", "whole"
)


@dataclass(frozen=True)
class Facets:
    """The endpoint of one kind."""

    kind: Kind

    @by_standing
    def index(self) -> Response:
        """GET /{collection}/_facets."""
        args = request.args.to_dict(flat=False)
        names = [name.strip() for name in args.pop("facet", [])]
        errors: dict[str, Any] = {name: [UNPAGED] for name in PAGING if name in args}
        chosen = self._chosen(names, errors)
        left = {name: values for name, values in args.items() if name not in PAGING}
        try:
            question = listing.ask(self.kind, caller(), left)
        except Invalid as error:
            errors |= error.errors
        if errors:
            raise Refused("query", errors)
        found = listing.facets(self.kind, caller(), question, chosen)
        text = json.dumps([_told(facet) for facet in found], ensure_ascii=False)
        tag = conditions.tag_of_list(text)
        return answers.readable(text, tag, public=not caller().signed_in)

    def _chosen(self, names: Sequence[str], errors: dict[str, Any]) -> list[str]:
        """What is to be counted: what is asked, or else every code."""
        known = {item.name: item for item in listing.counted(self.kind, caller())}
        if not any(names):
            return [name for name, item in known.items() if item.type == "code"][:MOST]
        if wrong := set(names) - set(known):
            errors["facet"] = [ALLOWED.format(allowed=", ".join(sorted(known)))]
        if len(set(names)) > MOST:
            errors["facet"] = [MANY.format(most=MOST)]
        return [] if wrong else list(dict.fromkeys(names))


def _told(facet: listing.Facet) -> Mapping[str, Any]:
    return {
        "facet": facet.name,
        "nl": facet.words.nl,
        "en": facet.words.en,
        "values": [
            {
                "value": option.value,
                "nl": option.words.nl,
                "en": option.words.en,
                "count": option.count,
            }
            for option in facet.options
        ],
    }
