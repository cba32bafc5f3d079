"""What can be chosen in a form: records that the actor may see, and the words of vocabularies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from .. import vocabulary
from ..access import Actor, visible_to
from ..db import session
from ..fields import json_name
from ..kind import Kind, kinds
from ..record import Record

LONGEST_LABEL = 110


@dataclass
class Choices:
    """The choices of one request. Each model is asked once, however many rows choose from it."""

    actor: Actor
    lang: str
    _records: dict[Any, dict[str, str]] = field(default_factory=dict)

    def records(self, model: Any) -> Mapping[str, str]:
        """Reference → title of every record of `model` that the actor may see, sorted by title."""
        if model not in self._records:
            self._records[model] = self._load(model)
        return self._records[model]

    def only(self, model: Any, records: Mapping[str, str]) -> None:
        """Offer no others of `model` than these: reference → title."""
        self._records[model] = dict(records)

    def terms(self, name: str) -> Mapping[str, str]:
        """Code → words of the terms of a vocabulary that can still be chosen."""
        found = vocabulary.terms(name).items()
        return {code: term.words.in_(self.lang) for code, term in found if not term.retired}

    def label(self, name: str, code: str) -> str:
        """The words of one code, also of a retired one."""
        return vocabulary.label(name, code).in_(self.lang)

    def _load(self, model: Any) -> dict[str, str]:
        kind = next(kind for kind in kinds() if kind.model is model)
        columns = [getattr(model, name) for name in model.__ref__]
        query = select(Record.reference, *columns).join(model, model.id == Record.id)
        query = query.where(visible_to(self.actor)).order_by(Record.sort_title, Record.id)
        return {row[0]: self._title(kind, row) for row in session().execute(query)}

    def _title(self, kind: Kind, row: Any) -> str:
        names = [json_name(name) for name in kind.model.__ref__]
        item = dict(zip(names, row[1:], strict=True))
        title = kind.title(item, self.lang)
        if len(title) > LONGEST_LABEL:
            title = title[:LONGEST_LABEL].rstrip() + "…"
        number = item.get("identification")
        return f"{number}: {title}" if number else title
