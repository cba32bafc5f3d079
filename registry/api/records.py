"""The resources that every kind of record has: its list, one record, and what can be done."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from sqlalchemy import Select, bindparam

from .. import clock, editing, listing
from ..access import Permission, require
from ..db import session
from ..errors import Invalid, NotFound
from ..kind import Kind
from ..projection import project
from ..record import REFERENCE, Record
from . import answers, conditions
from .bodies import JSON, MERGE_PATCH, body
from .callers import caller
from .memory import known_at
from .patches import merged
from .problems import Refused
from .publications import publication
from .shell import address


@lru_cache(maxsize=500)
def _one(query: Select[Any]) -> Select[Any]:
    """One record of a projection. Kept, as SQLAlchemy names a long statement only once."""
    return query.add_columns(Record.version).where(Record.reference == bindparam("wanted"))


@dataclass(frozen=True)
class Records:
    """The endpoints of one kind."""

    kind: Kind

    def index(self) -> Response:
        """GET /{collection}."""
        actor = caller()
        try:
            question = listing.ask(self.kind, actor, request.args.to_dict(flat=False))
            page = listing.page(self.kind, actor, question)
        except Invalid as error:
            raise Refused("query", error.errors) from error
        headers = {"Link": self._links(page.next_cursor)}
        if page.total is not None:
            headers["Total-Count"] = str(page.total)
        text = f"[{','.join(page.items)}]"
        tag = conditions.tag_of_list(f"{text}{headers}")
        return answers.readable(text, tag, public=not actor.signed_in, headers=headers)

    def _links(self, cursor: str | None) -> str:
        asked = [(n, v) for n, v in request.args.items(multi=True) if n != "cursor"]
        found = {"first": asked}
        if cursor is not None:
            found["next"] = [*asked, ("cursor", cursor)]
        path = address(f"/{self.kind.collection}")
        return ", ".join(
            f'<{path}{"?" if pairs else ""}{urlencode(pairs)}>; rel="{rel}"'
            for rel, pairs in found.items()
        )

    def show(self, reference: str) -> Response:
        """GET /{collection}/{reference}."""
        answers.only("asOf", "knownAt")
        moment = answers.moment("knownAt")
        with clock.seen_as_of(answers.day("asOf")):
            text, tag = self._sent(reference)
            if moment is not None:
                text, tag = self._remembered(reference, moment, text)
        return answers.readable(text, tag, public=not caller().signed_in)

    def create(self) -> Response:
        """POST /{collection}."""
        answers.only()
        require(caller(), self.kind.create)
        entity = editing.create(caller(), self.kind, body(JSON))
        reference = entity.record.reference
        location = address(f"/{self.kind.collection}/{reference}")
        return answers.written(*self._sent(reference), location=location)

    def revise(self, reference: str) -> Response:
        """PATCH /{collection}/{reference}."""
        answers.only()
        entity = self._found(reference)
        require(caller(), self.kind.edit, entity.record)
        version = conditions.expected(entity.record.version)
        payload = merged(self.kind.schema(), entity, body(MERGE_PATCH))
        editing.revise(caller(), self.kind, entity, payload, version=version)
        return answers.written(*self._sent(reference))

    def remove(self, reference: str) -> Response:
        """DELETE /{collection}/{reference}."""
        answers.only()
        entity = self._found(reference)
        require(caller(), self.kind.delete, entity.record)
        version = conditions.expected(entity.record.version)
        editing.remove(caller(), self.kind, entity, version=version)
        return Response(status=204)

    def publish(self, reference: str) -> Response:
        """POST /{collection}/{reference}/publications."""
        answers.only()
        entity = self._found(reference)
        require(caller(), Permission.RECORD_PUBLISH, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        editing.publish(caller(), self.kind, entity, version=version, **publication())
        return answers.written(*self._sent(reference))

    def _remembered(self, reference: str, moment: datetime, now: str) -> tuple[str, str]:
        record, tree = known_at(self.kind, caller(), reference, moment, json.loads(now))
        text = json.dumps(tree, ensure_ascii=False)
        return text, conditions.tag_of_record(record.version, text)

    def _found(self, reference: str) -> Any:
        if not REFERENCE.fullmatch(reference):
            raise NotFound
        return editing.one(self.kind, caller(), reference)

    def _sent(self, reference: str) -> tuple[str, str]:
        """The JSON of one record as this caller sees it, and its tag. Raises NotFound."""
        if not REFERENCE.fullmatch(reference):
            raise NotFound
        dialect = session().get_bind().dialect.name
        query = _one(project(self.kind.schema(), caller(), dialect))
        row = session().execute(query, {"wanted": reference}).first()
        if row is None:
            raise NotFound
        text, version = row
        return text, conditions.tag_of_record(version, text)
