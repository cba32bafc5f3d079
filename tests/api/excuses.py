"""What schemathesis finds and is no fault: each finding that may stand, with the reason.

No check is switched off as a whole. What is excused of one is said here, and nowhere else."""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from jsonschema_rs import validator_for
from schemathesis import Case as Drawn
from schemathesis import Response
from schemathesis.core.failures import Failure

RULES = """
    cited control_character currency cursor duplicate forbidden header hidden identifier kinds
    left_out no_text not_together past required reused sent stale too_early too_expensive too_late
    unagreed unknown_reference unpublished window wordless
""".split()
"""Codes of refusals that no JSON Schema says: rules between fields, of what a text may hold, of the
day of today, of who asks, and of what is in the register at the moment."""
OPEN = "x-open-lists"

Case = Drawn[Any]
Holds = Callable[[Failure, Case, Response], bool]


class Excuse(NamedTuple):
    """A finding of `check` that may stand where `holds`."""

    check: str
    why: str
    holds: Holds


def excused(found: Failure, case: Case, response: Response) -> bool:
    """Whether this finding may stand."""
    return any(e.check in found.checks and e.holds(found, case, response) for e in EXCUSES)


def _by_a_rule(_found: Failure, case: Case, response: Response) -> bool:
    if response.status_code != 400:
        return False
    errors = json.loads(response.content).get("errors", [])
    return bool(errors) and all(_is_a_rule(error, case) for error in errors)


def _is_a_rule(error: dict[str, str], case: Case) -> bool:
    if error["location"] == "Change-Reason":  # counted decoded: the document counts what is sent
        return error["code"] == "too_long" or error["code"] in RULES
    return error["code"] in RULES or _is_of_an_open_list(error, case)


def _is_of_an_open_list(error: dict[str, str], case: Case) -> bool:
    """The document names such a list of codes, and leaves its codes to the register."""
    name = re.sub(r"(/[0-9]+)+$", "", error["location"]).rpartition("/")[2]
    return error["code"] == "not_allowed" and name in case.operation.schema.raw_schema[OPEN]


def with_open_lists(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the names of the fields that take a code of an open list, found once: it
    is a megabyte of text."""
    fields = r'"([A-Za-z]+)": \{[^{}]*"description": "[^"]*open list'
    return {**document, OPEN: sorted(set(re.findall(fields, json.dumps(document))))}


def _conditional(_found: Failure, _case: Case, response: Response) -> bool:
    return response.status_code in (410, 412)


def _not_there(found: Failure, case: Case, response: Response) -> bool:
    """What is asked again without a token was just merged, or answers that it is."""
    merged = case.operation.label.endswith("/mergers") or b"was merged into" in response.content
    return (merged and "got `410" in found.message) or "got `404" in found.message


def _moved_on(_found: Failure, _case: Case, response: Response) -> bool:
    return response.status_code in (308, 410, 412)


def _one_by_one(_found: Failure, case: Case, response: Response) -> bool:
    if case.operation.label != "POST /batches" or response.status_code != 200:
        return False
    told = json.loads(response.content)["results"]
    return any(each["status"] in (400, 428) for each in told)


def _unconditional(_found: Failure, case: Case, response: Response) -> bool:
    neither = not {"If-Match", "If-None-Match"} & case.headers.keys()
    return response.status_code == 428 and neither


def _says_so(_found: Failure, _case: Case, response: Response) -> bool:
    return response.status_code == 428


def _blank(_found: Failure, case: Case, _response: Response) -> bool:
    """Whether it is as the document says where what is blank is taken as left out, or as null."""
    operation = case.operation
    query = {name: value for name, value in case.query.items() if not _is_left_out(value)}
    sent = operation.get_body_for_media_type(case.media_type)
    written = _written(operation.query, query)
    return _valid(operation.query, written) and (sent is None or _valid(sent, _filled(case.body)))


def _written(part: Any, query: dict[str, Any]) -> dict[str, Any]:
    """`query` with what only looks wrong as it is a text in an address: `true`, `5`."""
    errors = _validator(part).iter_errors(query)
    wrong = {error.instance_path[0] for error in errors if error.instance_path}
    return {name: _read(value) if name in wrong else value for name, value in query.items()}


def _read(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def _valid(part: Any, value: Any) -> bool:
    return not isinstance(value, bytes) and bool(_validator(part).is_valid(value))


def _validator(part: Any) -> Any:
    return validator_for(part.validation_schema, validate_formats=True)


def _is_left_out(value: Any) -> bool:
    """Whether an address says nothing of this parameter: of an empty object nothing is written."""
    return _is_blank(value) or value in ([], {})


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _filled(value: Any) -> Any:
    """`value` with null for what is blank."""
    if isinstance(value, dict):
        return {name: _filled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner) for inner in value]
    return None if _is_blank(value) else value


EXCUSES = (
    Excuse(
        "positive_data_acceptance",
        "The register has rules that no schema can say, such as that a reference is one of a "
        "record that is there; each has a code of its own.",
        _by_a_rule,
    ),
    Excuse(
        "positive_data_acceptance",
        "An ETag that is drawn is not the one of the record (412); a record may be gone (410).",
        _conditional,
    ),
    Excuse(
        "positive_data_acceptance",
        "Of If-Match and If-None-Match one is needed, and no document can say so of two headers.",
        _unconditional,
    ),
    Excuse(
        "negative_data_rejection",
        "Blank means empty, in JSON as in a form, and a blank parameter asks nothing.",
        _blank,
    ),
    Excuse(
        "negative_data_rejection",
        "That a record was merged (308), is gone (410) or is not the one that was read (412) is "
        "told before what is asked of it, or is to change, is looked at.",
        _moved_on,
    ),
    Excuse(
        "negative_data_rejection",
        "A batch that is not all or nothing answers 200, and says of each operation what is wrong.",
        _one_by_one,
    ),
    Excuse(
        "ignored_auth",
        "What is not there is told first: without a token a draft is 404, and what was merged, "
        "which whoever reads it is told too, is 410.",
        _not_there,
    ),
    Excuse(
        "missing_required_header",
        "Without If-Match the answer is 428, which RFC 6585 made for that.",
        _says_so,
    ),
)
