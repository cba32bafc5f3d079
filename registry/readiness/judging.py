"""The rule: how ready a plan is on a day, and every reason why it is no more than that. It reads
the milestones of the plan, and of its measures only which themes have one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Item = Mapping[str, Any]
READY, ON_COURSE, AT_RISK, NOT_READY = "ready", "on_course", "at_risk", "not_ready"
ENDED = ("done", "dropped")
REPORTED = ("at_risk", "late")
GRAVE = ("no_milestones", "passed", "late")
"""The reasons for which a plan is not ready; for the others it is at risk."""


@dataclass(frozen=True)
class Reason:
    """Why: a code, the record that it is about, and another that this one waits for."""

    code: str
    of: Item | None = None
    other: Item | None = None


@dataclass(frozen=True)
class Readiness:
    """How ready a plan is on a day."""

    level: str
    day: date
    reasons: list[Reason] = field(default_factory=list)


def judge(content: Mapping[str, Any], others: Mapping[str, Item], day: date) -> Readiness:
    """How ready the plan of `content` is. `others`: milestones that these wait for, by reference,
    of other plans or of none."""
    milestones = content["milestones"]
    known = {**others, **{one["reference"]: one for one in milestones}}
    found = [reason for one in milestones for reason in _of(one, known, day)]
    found += _uncovered(content["plan"], content["measures"])
    if not milestones:
        found.insert(0, Reason("no_milestones"))
    found.sort(key=lambda reason: reason.code not in GRAVE)
    return Readiness(_level(found, milestones), day, found)


def _level(reasons: list[Reason], milestones: list[Item]) -> str:
    if any(reason.code in GRAVE for reason in reasons):
        return NOT_READY
    if reasons:
        return AT_RISK
    return READY if all(one["state"] in ENDED for one in milestones) else ON_COURSE


def _of(one: Item, known: Mapping[str, Item], day: date) -> Iterator[Reason]:
    if one["state"] == "done" and not one["evidence"]:
        yield Reason("no_evidence", one)
    if one["state"] in ENDED:
        return
    if passed(one, day):
        yield Reason("passed", one)
    if one["state"] in REPORTED:
        yield Reason(str(one["state"]), one)
    if not one["owner"] and not one["ownerWords"]:
        yield Reason("no_owner", one)
    if (undated := _undated(one)) is not None:
        yield Reason(undated, one)
    waited = (known.get(row["milestone"]["reference"]) for row in one["dependsOn"])
    yield from (Reason("waits", one, o) for o in waited if o and _holds_up(one, o, day))


def _undated(one: Item) -> str | None:
    due = one["due"]
    if due and due["kind"] == "conditional":
        return "conditional"
    return None if _latest(one) or (due and due["earliest"]) else "undated"


def _latest(one: Item) -> date | None:
    day = (one["due"] or {}).get("latest")
    return date.fromisoformat(day) if day else None


def passed(one: Item, day: date) -> bool:
    """Whether the last day of its term lies behind `day`."""
    latest = _latest(one)
    return latest is not None and latest < day


def _holds_up(one: Item, other: Item, day: date) -> bool:
    """Whether waiting for `other` endangers `one`: it is not done though `one` has begun, or it is
    due too late, or nobody knows when."""
    if other["state"] == "done":
        return False
    earliest, latest, before = (one["due"] or {}).get("earliest"), _latest(one), _latest(other)
    begun = earliest is not None and date.fromisoformat(earliest) <= day
    dropped = other["state"] == "dropped"
    late = before is None or before < day or (latest is not None and before > latest)
    return begun or dropped or late


def _uncovered(plan: Item, measures: list[Item]) -> Iterator[Reason]:
    """The themes of the plan for which there is no measure."""
    covered = {one["theme"]["reference"] for one in measures if one["theme"]}
    for row in plan["themes"]:
        if row["theme"]["reference"] not in covered:
            yield Reason("no_measures", row["theme"])
