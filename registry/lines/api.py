"""What an annex says in the JSON API: read, written line by line, agreed to, frozen, compared."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request

from ..access import Permission, require
from ..annexes import comparing, composing, working
from ..annexes.looking import Content
from ..annexes.reading import seen
from ..api import Route, additions, answers, conditions
from ..api.bodies import JSON, MERGE_PATCH, body
from ..api.callers import caller
from ..api.openapi import Document
from ..api.openapi.operations import Operations
from ..api.records import Records
from ..api.shell import address
from ..db import rfc3339
from ..errors import Forbidden, Message, NotFound
from ..jobs.api import accepted
from ..jobs.models import Job
from ..record import Record
from ..reports import commands
from ..reports import queries as reports
from ..reports.models import Annex, AnnexFreeze
from ..reports.schemas import ANNEX
from . import queries, told

Told = dict[str, Any]
PATH = "/<reference>"
NOW = "now"
LINE = f"{PATH}/lines/<record>"
WHICH = Message("Name an annex: with=REP-0001.", "Noem een bijlage: with=REP-0001.", "required")


def content(reference: str) -> Response:
    """GET /annexes/{reference}/content."""
    answers.only()
    return _read(comparing.of(_annex(reference), caller()), public=not caller().signed_in)


def line(reference: str, record: str) -> Response:
    """GET /annexes/{reference}/lines/{record}."""
    answers.only()
    annex = _annex(reference)
    reports.require_core(caller())
    frozen = reports.freeze(annex.id)
    if frozen is None:
        return answers.readable(*_told(annex, _about(annex, record)), public=False)
    return _read(_one(queries.kept(seen(caller(), frozen.content), {record})), public=False)


def write_line(reference: str, record: str) -> Response:
    """PATCH /annexes/{reference}/lines/{record}."""
    answers.only()
    annex = _annex(reference)
    require(caller(), Permission.RECORD_PUBLISH, annex.record)
    about = _about(annex, record)
    version = conditions.expected(_version(annex, about))
    commands.write(caller(), annex, record, body(MERGE_PATCH), version=version)
    return _written(annex, about)


def ask_line(reference: str, record: str) -> Response:
    """POST /annexes/{reference}/lines/{record}/requests."""
    answers.only()
    annex = _annex(reference)
    require(caller(), Permission.RECORD_PUBLISH, annex.record)
    about = _about(annex, record)
    commands.ask(caller(), annex, [record])
    return _written(annex, about)


def ask(reference: str) -> Response:
    """POST /annexes/{reference}/requests."""
    answers.only()
    asked = commands.ask(caller(), _annex(reference))
    found = {"lines": asked.lines, "mails": asked.mails, "nobody": asked.nobody}
    return _sent(found)


def agree(reference: str, record: str) -> Response:
    """POST /annexes/{reference}/lines/{record}/agreements."""
    answers.only()
    annex = _annex(reference)
    about = _answering(annex, record)
    version = conditions.expected(_version(annex, about), required=False)
    conditions.read_as(_told(annex, about)[1])
    commands.agree(caller(), annex, record, version=version)
    return _written(annex, about)


def remark(reference: str, record: str) -> Response:
    """POST /annexes/{reference}/lines/{record}/remarks."""
    answers.only()
    annex = _annex(reference)
    about = _answering(annex, record)
    version = conditions.expected(_version(annex, about), required=False)
    commands.remark(caller(), annex, record, body(JSON), version=version)
    return _written(annex, about)


def freeze(reference: str) -> Response:
    """POST /annexes/{reference}/freezes."""
    answers.only()
    annex = _annex(reference)
    require(caller(), Permission.RECORD_PUBLISH, annex.record)
    way = (f"/annexes/{reference}", f"/annexes/{reference}/freeze")
    made = working.freeze(caller(), annex, body(JSON), language="nl", to=way)
    if isinstance(made, Job):
        return accepted(made)
    return _sent(_sealed(made), location=address(f"/annexes/{reference}/content"))


def comparison(reference: str) -> Response:
    """GET /annexes/{reference}/comparison."""
    answers.only("with")
    annex = _annex(reference)
    reports.require_core(caller())
    given = request.args.get("with", "")
    if not given:
        answers.refuse({"with": [WHICH]})
    own = comparing.of(annex, caller())
    if given == NOW:
        before, after = own, composing.content(annex, caller())
    else:
        before, after = comparing.of(Records(ANNEX).seen(given), caller()), own
    differences = [comparing.as_json(one) for one in comparing.compared(before, after)]
    left_out = max(before["leftOut"], after["leftOut"])
    found = {"with": given, "annex": reference, "leftOut": left_out, "differences": differences}
    return _read(found, public=False)


# --- parts --------------------------------------------------------------------------------


def _annex(reference: str) -> Annex:
    found: Annex = Records(ANNEX).found(reference)
    return found


def _about(annex: Annex, reference: str) -> Record:
    """The record of a line. Raises NotFound, and Forbidden outside the core group."""
    reports.require_core(caller())
    return reports.line(caller(), annex, reference)


def _answering(annex: Annex, reference: str) -> Record:
    about = _about(annex, reference)
    if not reports.may_answer(caller(), annex, about):
        raise Forbidden
    return about


def _version(annex: Annex, about: Record) -> int:
    said = reports.said_of(annex, about)
    return said.version if said else 0


def _told(annex: Annex, about: Record) -> tuple[str, str]:
    """A line with its footnotes, and its tag."""
    text = json.dumps(_one(queries.some(annex, caller(), [about.id])), ensure_ascii=False)
    return text, conditions.tag_of_record(_version(annex, about), text)


def _one(found: Content) -> Told:
    lines = [*found["commitments"], *found["initiatives"]]
    if not lines:
        raise NotFound
    return {**lines[0], "footnotes": found["footnotes"]}


def _written(annex: Annex, about: Record) -> Response:
    return answers.written(*_told(annex, about))


def _sealed(made: AnnexFreeze) -> Told:
    return {
        "number": made.number,
        "frozenAt": rfc3339(made.frozen_at),
        "sha256": made.sha256,
        "unagreed": made.unagreed,
    }


def _read(found: Any, *, public: bool) -> Response:
    text = json.dumps(found, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=public)


def _sent(found: Any, location: str | None = None) -> Response:
    text = json.dumps(found, ensure_ascii=False)
    return answers.written(text, conditions.tag_of_list(text), location=location)


def _routes(document: Document, operations: Operations) -> Iterator[Route]:
    if operations.kind is not ANNEX:
        return
    about = told.Told(document, operations)
    yield Route(f"{PATH}/content", "content", content, about.content(), "GET")
    yield Route(f"{PATH}/requests", "ask", ask, about.ask(), "POST")
    yield Route(LINE, "line", line, about.line(), "GET")
    yield Route(LINE, "write_line", write_line, about.write(), "PATCH")
    yield Route(f"{LINE}/requests", "ask_line", ask_line, about.ask_line(), "POST")
    yield Route(f"{LINE}/agreements", "agree", agree, about.agree(), "POST")
    yield Route(f"{LINE}/remarks", "remark", remark, about.remark(), "POST")
    yield Route(f"{PATH}/freezes", "freeze", freeze, about.freeze(), "POST")
    yield Route(f"{PATH}/comparison", "comparison", comparison, about.comparison(), "GET")


additions.append(_routes)
