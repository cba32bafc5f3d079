"""The resources of one record of a kind: as it is, and what can be done with it."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Response, request
from sqlalchemy import Dialect, Select, String, bindparam

from .. import clock, editing, listing, moved
from ..access import Permission, require
from ..db import connection
from ..errors import Gone, Invalid, Message, NotFound, RegistryError
from ..extensions import READING
from ..kind import Kind
from ..listing.selecting import PARAMETERS
from ..prepared import Prepared
from ..projection import WHOLE, Selection, project
from ..record import REFERENCE, Record
from ..words import Words
from . import answers, changing, conditions
from .bodies import JSON, MERGE_PATCH, body
from .callers import caller
from .memory import known_at
from .patches import merged
from .problems import Moved, Refused
from .publications import publication
from .rehearsing import rehearsable
from .shell import ROOT, address
from .validators import by_memory

REMOVED = Words(
    "Dit is verwijderd. De geschiedenis is er nog: …/history.",
    "This was removed. Its history is still there: …/history.",
)


def _merged(target: str) -> Words:
    return Words(
        f"Dit is samengevoegd met {target}. Lees dat, en wijzig het daar.",
        f"This was merged into {target}. Read that, and change it there.",
    )


NOT_OF_THEN = Message(
    "What a record pointed at is not told as it stood then: leave out expand or knownAt.",
    "Waar een gegeven naar verwees, is niet te geven zoals het toen was: vraag het zonder expand, "
    "of zonder knownAt.",
    "not_together",
)


@lru_cache(maxsize=250)
def _one(query: Select[Any], dialect: Dialect) -> Prepared:
    """One record of a projection."""
    wanted = Record.reference == bindparam("wanted", type_=String)
    return Prepared(query.add_columns(Record.version).where(wanted), dialect)


@dataclass(frozen=True)
class Records:
    """The endpoints of one kind."""

    kind: Kind

    @by_memory
    def show(self, reference: str) -> Response:
        """GET /{collection}/{reference}."""
        answers.only("asOf", "knownAt", several=PARAMETERS)
        moment = answers.moment("knownAt")
        selection = self._selected(moment)
        with clock.seen_as_of(answers.day("asOf")):
            try:
                text, tag = self.sent(reference, selection)
            except NotFound:
                lost = self._lost(reference)
                if moment is None or not isinstance(lost, Moved):
                    raise lost from None
                text = tag = ""
            if moment is not None:
                text, tag = self._remembered(reference, moment, selection)
        return answers.readable(text, tag, public=not caller().signed_in)

    @rehearsable
    def create(self) -> Response:
        """POST /{collection}."""
        answers.only("dryRun")
        require(caller(), self.kind.create)
        entity = editing.create(caller(), self.kind, body(JSON))
        reference = entity.record.reference
        location = address(f"/{self.kind.collection}/{reference}")
        return answers.written(*self.sent(reference), location=location)

    @rehearsable
    def revise(self, reference: str) -> Response:
        """PATCH /{collection}/{reference}."""
        answers.only("dryRun")
        entity = self.found(reference)
        changing.allow(self.kind, entity)
        version = conditions.expected(entity.record.version)
        payload = merged(self.kind.schema(), entity, body(MERGE_PATCH))
        reason = conditions.reason()
        proposed = changing.change(self.kind, entity, payload, version=version, reason=reason)
        return proposed.response() if proposed else answers.written(*self.sent(reference))

    def remove(self, reference: str) -> Response:
        """DELETE /{collection}/{reference}."""
        answers.only()
        entity = self.found(reference)
        require(caller(), self.kind.delete, entity.record)
        version = conditions.expected(entity.record.version)
        reason = conditions.reason()
        try:
            editing.remove(caller(), self.kind, entity, version=version, reason=reason)
        except Invalid as error:
            raise conditions.unsaid(error) from error
        return Response(status=204)

    def publish(self, reference: str) -> Response:
        """POST /{collection}/{reference}/publications."""
        answers.only()
        entity = self.found(reference)
        require(caller(), Permission.RECORD_PUBLISH, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        editing.publish(caller(), self.kind, entity, version=version, **publication())
        return answers.written(*self.sent(reference))

    def _selected(self, moment: datetime | None) -> Selection:
        """What is asked of the record. Raises Refused."""
        try:
            selection = listing.ask_of_one(self.kind, caller(), request.args.to_dict(flat=False))
        except Invalid as error:
            raise Refused("query", error.errors) from error
        if selection.expand and moment is not None:
            raise Refused("query", {"expand": [NOT_OF_THEN]})
        return selection

    def _remembered(
        self, reference: str, moment: datetime, selection: Selection
    ) -> tuple[str, str]:
        record, tree = known_at(self.kind, caller(), reference, moment)
        asked = {name: value for name, value in tree.items() if selection.has(name)}
        text = json.dumps(asked, ensure_ascii=False)
        return text, conditions.tag_of_record(record.version, text)

    def found(self, reference: str) -> Any:
        """The entity that this address names, if this caller may see it. Raises Moved, Gone, or
        NotFound."""
        try:
            return self.seen(reference)
        except NotFound:
            raise self._lost(reference) from None

    def seen(self, reference: str) -> Any:
        """The same for what is named elsewhere than in the address. Raises NotFound."""
        if not REFERENCE.fullmatch(reference):
            raise NotFound
        return editing.one(self.kind, caller(), reference)

    def _lost(self, reference: str) -> RegistryError:
        """Why this caller finds no such record: Moved, Gone or NotFound."""
        target = moved.target(self.kind, caller(), reference)
        if target is not None and request.method in READING:
            return Moved(target, self._anew(reference, target))
        if target is not None:  # who is led on would do to the other what was meant for this one
            return Gone(_merged(target))
        try:
            self.found_removed(reference)
        except NotFound as error:
            return error
        return Gone(REMOVED)

    def _anew(self, reference: str, target: str) -> str:
        """The address of this request with one record for the other."""
        old, new = (f"/{self.kind.collection}/{name}" for name in (reference, target))
        if f"{request.path}/".startswith(f"{ROOT}{old}/"):
            new += request.full_path.removeprefix(f"{ROOT}{old}").rstrip("?")
        return address(new)

    def found_removed(self, reference: str) -> Any:
        """The removed entity, for who could remove it. Raises NotFound."""
        if not REFERENCE.fullmatch(reference):
            raise NotFound
        return editing.removed(self.kind, caller(), reference)

    def sent(self, reference: str, selection: Selection = WHOLE) -> tuple[str, str]:
        """The JSON of one record as this caller sees it, and its tag. Raises NotFound."""
        if not REFERENCE.fullmatch(reference):
            raise NotFound
        here = connection()
        found = project(self.kind.dictionary, caller(), here.dialect.name, selection=selection)
        row = next(iter(_one(found, here.dialect).rows(here, {"wanted": reference})), None)
        if row is None:
            raise NotFound
        text, version = row
        return text, conditions.tag_of_record(version, text)
