"""Freezing an annex: its content is kept with a number and a fingerprint, for good."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select

from .. import clock, ledger
from ..access import ANYBODY, Actor, Permission, Role, acting_as, require
from ..command import command
from ..db import session
from ..errors import Invalid, Message
from ..reports import queries as reports
from ..reports.models import Annex, AnnexFreeze
from ..reports.schemas import FreezeSchema
from ..schema import loaded
from .composing import content, silent
from .looking import Content, Step
from .parts import gaps
from .reading import PUBLIC_GAPS

CORE = Actor(roles=frozenset({Role.MEMBER}))
"""As whom an annex is frozen: any member of the core group."""
NOTHING = Message(
    "There is nothing within these limits: no line would be in the annex.",
    "Binnen deze grenzen is er niets: er zou geen regel in de bijlage staan.",
    "empty",
)
CONFIRM = Message(
    "Nobody agreed yet to {n} lines. Confirm that it is to be frozen all the same.",
    "Op {n} regels is nog geen akkoord. Bevestig dat de bijlage toch wordt vastgesteld.",
    "unagreed",
)
Ending = Callable[[AnnexFreeze], None]


def quiet(_made: AnnexFreeze) -> None:
    """Do nothing more."""


@command
def freeze(
    actor: Actor,
    annex: Annex,
    payload: Mapping[str, Any],
    *,
    step: Step = silent,
    ending: Ending = quiet,
) -> AnnexFreeze:
    """Keep what an annex says now, for good. Raises Invalid for an annex of nothing, and where not
    every line was agreed to and nobody confirmed that. `ending`: what is done in the same go."""
    require(actor, Permission.RECORD_PUBLISH, annex.record)
    confirmed = loaded(FreezeSchema(), payload)["unagreed"]
    session().refresh(annex.record, ["version"], with_for_update=True)
    reports.require_unfrozen(annex)
    told = content(annex, CORE, step=step)
    lines = [*told["commitments"], *told["initiatives"]]
    if not lines:
        raise Invalid({"_schema": [NOTHING]})
    unagreed = len(told["open"]["unagreed"])
    if unagreed and not confirmed:
        raise Invalid({"unagreed": [CONFIRM.format(n=unagreed)]})
    made = _kept(annex, told, unagreed)
    ending(made)
    return made


def _kept(annex: Annex, told: Content, unagreed: int) -> AnnexFreeze:
    number, day = _number(annex), clock.day_of(clock.now())
    told = {**told, "number": number, "frozenOn": day.isoformat()}
    if told["gaps"]:
        with acting_as(ANYBODY), clock.seen_as_of(annex.as_of):
            told[PUBLIC_GAPS] = gaps()
    for line in (*told["commitments"], *told["initiatives"]):
        line["agreement"]["by"] = None  # what is kept for good names nobody with an account
    made = AnnexFreeze(
        annex_id=annex.id,
        number=number,
        day=day,
        frozen_at=clock.now(),
        content=told,
        sha256=fingerprint(told),
        unagreed=unagreed,
    )
    session().add(made)
    session().flush()
    session().expire(annex, ["frozen"])
    values = {"number": number, "sha256": made.sha256, "unagreed": unagreed}
    statement = ledger.Statement("freeze_annex", reports.FREEZE, number, values, annex.record)
    ledger.say(session(), statement)
    return made


def _number(annex: Annex) -> str:
    """The next number within the year of the reference date."""
    year = annex.as_of.year
    own = AnnexFreeze.number.startswith(f"{year}-")
    return f"{year}-{(session().scalar(select(func.count()).where(own)) or 0) + 1}"


def fingerprint(told: Content) -> str:
    """The SHA-256 of a content as canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verified(frozen: AnnexFreeze) -> bool:
    """Whether a frozen content still has the fingerprint that it got."""
    return fingerprint(frozen.content) == frozen.sha256
