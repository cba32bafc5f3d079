"""The resources of judging: handing a record in, sending it back, and revisions of it."""

import json
from dataclasses import dataclass

from flask import Response

from .. import editing, workflow
from ..access import Permission, require
from ..db import session
from ..errors import Forbidden, Invalid, NotFound
from ..kind import Kind
from ..workflow import OPEN, Revision, queries
from ..workflow.schemas import ReturnSchema
from . import answers, conditions, revisions
from .bodies import JSON, body
from .callers import caller
from .publications import loaded
from .records import Records


@dataclass(frozen=True)
class Workflow:
    """The endpoints of one kind, beside those of its records."""

    records: Records

    @property
    def kind(self) -> Kind:
        return self.records.kind

    def submit(self, reference: str) -> Response:
        """POST /{collection}/{reference}/submissions."""
        answers.only()
        entity = self.records.found(reference)
        require(caller(), self.kind.edit, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        workflow.submit(caller(), self.kind, entity, version=version)
        return answers.written(*self.records.sent(reference))

    def send_back(self, reference: str) -> Response:
        """POST /{collection}/{reference}/returns."""
        answers.only()
        entity = self.records.found(reference)
        require(caller(), Permission.RECORD_PUBLISH, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        note = loaded(ReturnSchema())["note"]
        workflow.send_back(caller(), self.kind, entity, note=note, version=version)
        return answers.written(*self.records.sent(reference))

    def withdraw(self, reference: str) -> Response:
        """POST /{collection}/{reference}/withdrawals."""
        answers.only()
        entity = self.records.found(reference)
        editing.require_withdrawal(caller(), self.kind, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        try:
            editing.withdraw(
                caller(), self.kind, entity, version=version, reason=conditions.reason()
            )
        except Invalid as error:
            raise conditions.unsaid(error) from error
        return answers.written(*self.records.sent(reference))

    def archive(self, reference: str) -> Response:
        """POST /{collection}/{reference}/archivals."""
        answers.only()
        entity = self.records.found(reference)
        require(caller(), Permission.RECORD_PUBLISH, entity.record)
        version = conditions.expected(entity.record.version, required=False)
        editing.archive(caller(), self.kind, entity, version=version)
        return answers.written(*self.records.sent(reference))

    # --- revisions ------------------------------------------------------------------------

    def revisions(self, reference: str) -> Response:
        """GET /{collection}/{reference}/revisions."""
        answers.only()
        record = self.records.found(reference).record
        query = queries.revisions(caller()).where(Revision.record_id == record.id)
        rows = session().scalars(query)
        found = [revisions.plain(self.kind, reference, one, caller()) for one in rows]
        text = json.dumps(found, ensure_ascii=False)
        return answers.readable(text, conditions.tag_of_list(text), public=not caller().signed_in)

    def revision(self, reference: str, key: str) -> Response:
        """GET /{collection}/{reference}/revisions/{key}."""
        answers.only()
        text = self._told(self._one(reference, key))
        return answers.readable(text, conditions.tag_of_list(text), public=False)

    def replace(self, reference: str, key: str) -> Response:
        """PUT /{collection}/{reference}/revisions/{key}."""
        answers.only()
        found = self._own(reference, key)
        entity = self.records.found(reference)
        version = conditions.expected(entity.record.version)
        payload, reason = body(JSON), conditions.reason()
        without = found.payload.keys() - payload if isinstance(payload, dict) else ()
        workflow.propose(
            caller(), self.kind, entity, payload, version=version, reason=reason, without=without
        )
        return self._answered(found)

    def take_back(self, reference: str, key: str, field: str) -> Response:
        """DELETE /{collection}/{reference}/revisions/{key}/fields/{field}."""
        answers.only()
        found = self._own(reference, key)
        entity = self.records.found(reference)
        conditions.expected(entity.record.version)
        workflow.take_back(caller(), self.kind, entity, found, field)
        return self._answered(found)

    def adopt(self, reference: str, key: str) -> Response:
        """POST /{collection}/{reference}/revisions/{key}/publications."""
        answers.only()
        revision = self._one(reference, key)
        entity = self.records.found(reference)
        require(caller(), Permission.RECORD_PUBLISH, entity.record)
        conditions.expected(entity.record.version, required=False)
        workflow.adopt(caller(), self.kind, entity, revision)
        return answers.written(*self.records.sent(reference))

    def return_revision(self, reference: str, key: str) -> Response:
        """POST /{collection}/{reference}/revisions/{key}/returns."""
        answers.only()
        revision = self._one(reference, key)
        require(caller(), Permission.RECORD_PUBLISH, revision.record)
        workflow.return_revision(caller(), revision, note=loaded(ReturnSchema())["note"])
        return self._answered(revision)

    def retract(self, reference: str, key: str) -> Response:
        """DELETE /{collection}/{reference}/revisions/{key}."""
        answers.only()
        found = self._own(reference, key)
        conditions.expected(found.record.version)
        workflow.retract(caller(), found)
        return Response(status=204)

    def _one(self, reference: str, key: str) -> Revision:
        """Also of a record that is gone, for who may still see what was proposed."""
        found = queries.revision(caller(), key)
        if (found.record.reference, found.record.kind) != (reference, self.kind.name):
            raise NotFound
        return found

    def _own(self, reference: str, key: str) -> Revision:
        found = self._one(reference, key)
        if found.author_id != caller().account_id:
            raise Forbidden
        if found.state not in OPEN:
            raise editing.done()
        return found

    def _answered(self, revision: Revision) -> Response:
        text = self._told(revision)
        return answers.written(text, conditions.tag_of_list(text))

    def _told(self, revision: Revision) -> str:
        entity = queries.entity_of(revision)
        told = revisions.whole(self.kind, entity, revision, caller())
        return json.dumps(told, ensure_ascii=False)
