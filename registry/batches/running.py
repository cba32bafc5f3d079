"""Carrying out a batch: each operation in a savepoint, so that one that is refused leaves nothing
behind, and the others can still be judged."""

from typing import Any

from ..access import require
from ..api import changing, problems
from ..api.callers import caller
from ..api.changing import Proposed
from ..api.conditions import HOW, MALFORMED, Unclear, matched
from ..api.patches import merged
from ..api.records import Records
from ..api.rehearsing import rehearsed
from ..api.shell import address
from ..command import Hold, held
from ..db import AWAY, session
from ..editing import create
from ..elsewhere.api import Condition, put
from ..errors import Invalid, Message, RegistryError, VersionMissing
from ..once import commands as once
from ..once.api import attempt
from ..reasons import given
from ..words import Words
from .reading import Batch, Operation

Result = dict[str, Any]
FIELDS = {"If-Match": "ifMatch", "If-None-Match": "ifNoneMatch"}
CODES = {
    308: "moved",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    410: "gone",
    412: "stale",
    428: "condition_missing",
}


def run(batch: Batch) -> list[Result]:
    """What became of each operation. Raises Invalid for all of them where it is all or nothing
    and any is refused; then nothing was done."""
    with held(session()) as hold:
        if batch.atomic:
            return _together(batch, hold)
        mine = attempt()
        results = list(mine.parts) if mine else []
        for index, operation in list(enumerate(batch.operations))[len(results) :]:
            results.append(_told(index, _tried(operation, hold)))
            if not rehearsed():
                if mine:
                    once.note(mine, list(results))
                session().commit()
        return results


def _together(batch: Batch, hold: Hold) -> list[Result]:
    outcomes = [_tried(operation, hold) for operation in batch.operations]
    refused = {i: _why(error) for i, error in enumerate(outcomes) if isinstance(error, Exception)}
    if refused:
        hold.broken = True
        session().rollback()
        many, of = len(refused), len(outcomes)
        detail = Words(
            f"Er is niets gedaan: {many} van {of} handelingen zijn geweigerd.",
            f"Nothing was done: {many} of {of} operations were refused.",
        )
        raise Invalid({"operations": refused}, detail)
    if not rehearsed() and attempt() is None:
        session().commit()
    return [_told(index, outcome) for index, outcome in enumerate(outcomes)]


def _tried(operation: Operation, hold: Hold) -> Result | Exception:
    finished, savepoint = hold.finished, session().begin_nested()
    try:
        result = _done(operation)
        savepoint.commit()
    except AWAY:
        raise
    except Exception as error:
        savepoint.rollback()
        hold.finished, hold.broken = finished, False
        return error
    return result


def _done(operation: Operation) -> Result:
    try:
        if operation.what == "create":
            require(caller(), operation.kind.create)
            return _written(operation, create(caller(), operation.kind, operation.payload), 201)
        if operation.what == "change":
            return _changed(operation)
        assert operation.place is not None
        condition = Condition(operation.none, operation.match)
        reason = given({"reason": operation.reason})
        created, made = put(operation.kind, operation.place, operation.payload, condition, reason)
        return _written(operation, made, 201 if created else 200)
    except Unclear as error:
        raise _Misplaced({FIELDS[str(error)]: [MALFORMED]}) from None


def _changed(operation: Operation) -> Result:
    kind = operation.kind
    entity = Records(kind).found(operation.reference)
    changing.allow(kind, entity)
    if operation.match is None:
        raise VersionMissing(HOW)
    version = matched(operation.match, entity.record.version)
    payload = merged(kind.schema(), entity, operation.payload)
    reason = given({"reason": operation.reason})
    made = changing.change(kind, entity, payload, version=version, reason=reason)
    return _written(operation, made or entity, 200)


def _written(operation: Operation, made: Any, status: int) -> Result:
    if isinstance(made, Proposed):
        response = made.response()
        headers, reference = response.headers, made.entity.reference
        told = {"etag": headers["ETag"], "location": headers["Location"]}
        return {"status": 202, "reference": reference, **told, "problem": None}
    reference = made.record.reference
    told = {"etag": Records(operation.kind).sent(reference)[1]}
    told["location"] = address(f"/{operation.kind.collection}/{reference}")
    return {"status": status, "reference": reference, **told, "problem": None}


class _Misplaced(Invalid):
    """What is wrong with an operation beside its payload."""


def _told(index: int, outcome: Result | Exception) -> Result:
    """How an operation ended; what was only rehearsed has no tag and is nowhere."""
    if isinstance(outcome, Exception):
        if isinstance(outcome, Invalid):
            outcome = Invalid({"operations": {index: _why(outcome)}}, outcome.detail)
        response = problems.answer(outcome)
        nothing = dict.fromkeys(("reference", "etag"))
        told = {"status": response.status_code, **nothing}
        told["location"] = response.headers.get("Location")
        return {**told, "problem": response.get_json(force=True)}
    return {**outcome, "etag": None, "location": None} if rehearsed() else outcome


def _why(error: Exception) -> dict[str, Any]:
    """The errors of an operation, as a tree from the operation down."""
    if isinstance(error, _Misplaced) or (isinstance(error, Invalid) and "reason" in error.errors):
        return dict(error.errors)
    if isinstance(error, Invalid):
        return {"payload": error.errors}
    if not isinstance(error, RegistryError):
        raise error
    code = CODES.get(error.status, "refused")
    return {"_schema": [Message(error.detail.en, error.detail.nl, code)]}
