"""What a batch asks: read from its body, with every mistake in its shape named at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..elsewhere.commands import Place
from ..errors import Invalid, Message
from ..kind import Kind, kind_in, kinds
from ..record import REFERENCE
from ..schema import MESSAGES

MOST = 100
COMMON = ("operation", "payload")
NAMES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "create": (("collection",), ()),
    "change": (("reference",), ("ifMatch", "reason")),
    "upsert": (("collection", "system", "key"), ("ifMatch", "ifNoneMatch", "reason")),
}
"""By operation, what it needs beside its payload, and what it may have."""
ALLOWED = Message("Choose from: {allowed}.", "Kies uit: {allowed}.", "not_allowed")
NEEDED = Message("This is required.", "Dit is verplicht.", "required")
A_TEXT = Message("Give a text.", "Geef een tekst.", "wrong_type")
A_FLAG = Message("Give true or false.", "Geef true of false.", "wrong_type")
A_LIST = Message("Give a list of operations.", "Geef een lijst van handelingen.", "wrong_type")
COUNT = Message("Give 1 to {n} operations.", "Geef 1 tot {n} handelingen.", "length")
MALFORMED = Message(
    "Give a reference such as INI-0001.", "Geef een kenmerk zoals INI-0001.", "pattern"
)
NOWHERE = Message(
    "No record has such a reference.", "Geen gegeven heeft zo’n kenmerk.", "unknown_reference"
)
Errors = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One change: what is done to which record, and on which condition."""

    what: str
    kind: Kind
    payload: Any
    reference: str = ""
    place: Place | None = None
    match: str | None = None
    none: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Batch:
    """What is asked, in its order."""

    operations: list[Operation]
    atomic: bool


def read(body: Any) -> Batch:
    """The batch in a body. Raises Invalid."""
    if not isinstance(body, Mapping):
        raise Invalid({"_schema": [MESSAGES["type"]]})
    errors: Errors = {n: [MESSAGES["unknown"]] for n in body if n not in ("atomic", "operations")}
    if not isinstance(body.get("atomic", False), bool):
        errors["atomic"] = [A_FLAG]
    given = body.get("operations")
    if not isinstance(given, list):
        errors["operations"] = [A_LIST]
    elif not 1 <= len(given) <= MOST:
        errors["operations"] = [COUNT.format(n=MOST)]
    else:
        wrong = {index: faults for index, one in enumerate(given) if (faults := _faults(one))}
        errors |= {"operations": wrong} if wrong else {}
    if errors:
        raise Invalid(errors)
    return Batch([_operation(one) for one in given or ()], body.get("atomic", False))


def _faults(one: Any) -> Errors:
    if not isinstance(one, Mapping):
        return {"_schema": [MESSAGES["type"]]}
    what = one.get("operation")
    if not isinstance(what, str) or what not in NAMES:
        return {"operation": [ALLOWED.format(allowed=", ".join(NAMES))]}
    needed, optional = NAMES[what]
    errors: Errors = {n: [NEEDED] for n in (*needed, "payload") if one.get(n) is None}
    for name, value in one.items():
        if name not in (*COMMON, *needed, *optional):
            errors[name] = [MESSAGES["unknown"]]
        elif name != "payload" and value is not None and not isinstance(value, str):
            errors[name] = [A_TEXT]
    return errors or _unknown(one)


def _unknown(one: Mapping[str, Any]) -> Errors:
    """Values that are well-formed, and name nothing."""
    if "reference" in one:
        if not REFERENCE.fullmatch(one["reference"]):
            return {"reference": [MALFORMED]}
        return {} if _kind_of(one["reference"]) else {"reference": [NOWHERE]}
    if kind_in(one["collection"]) is None:
        known = ", ".join(kind.collection for kind in kinds())
        return {"collection": [ALLOWED.format(allowed=known)]}
    return Place(one["system"], one["key"]).faults() if "system" in one else {}


def _kind_of(reference: str) -> Kind | None:
    prefix = reference.partition("-")[0]
    return next((kind for kind in kinds() if kind.prefix == prefix), None)


def _operation(one: Mapping[str, Any]) -> Operation:
    reference = one.get("reference", "")
    kind = _kind_of(reference) if reference else kind_in(one["collection"])
    assert kind is not None
    return Operation(
        one["operation"],
        kind,
        one["payload"],
        reference=reference,
        place=Place(one["system"], one["key"]) if "system" in one else None,
        match=one.get("ifMatch"),
        none=one.get("ifNoneMatch"),
        reason=one.get("reason"),
    )
