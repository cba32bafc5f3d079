"""What happened to an account: an append-only log beside the book of changes of records."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from .. import clock
from ..access import Actor
from ..db import session
from ..ledger import post
from ..words import Words
from .models import Account, AccountEvent

MOST = 200
KINDS: Mapping[str, Words] = {
    "made": Words("account gemaakt", "account made"),
    "changed": Words("gegevens gewijzigd", "details changed"),
    "grants_changed": Words("rollen gewijzigd", "roles changed"),
    "deactivated": Words("account gesloten", "account closed"),
    "reactivated": Words("account heropend", "account reopened"),
    "invited": Words("uitgenodigd", "invited"),
    "reset_asked": Words("nieuw wachtwoord gevraagd", "new password asked for"),
    "password_set": Words("wachtwoord ingesteld", "password set"),
    "signed_in": Words("aangemeld", "signed in"),
    "failed": Words("mislukte aanmelding", "failed sign-in"),
    "blocked": Words("te veel pogingen", "too many attempts"),
    "signed_out": Words("afgemeld", "signed out"),
    "sessions_ended": Words("sessies beëindigd", "sessions ended"),
    "factor_on": Words("tweede stap ingesteld", "second step set up"),
    "factor_off": Words("tweede stap uitgezet", "second step switched off"),
    "rules_changed": Words("verplichte tweede stap gewijzigd", "required second step changed"),
    "codes_made": Words("nieuwe herstelcodes gemaakt", "new recovery codes made"),
    "code_used": Words("herstelcode gebruikt", "recovery code used"),
    "email_asked": Words("ander e-mailadres gevraagd", "other e-mail address asked for"),
    "email_changed": Words("e-mailadres gewijzigd", "e-mail address changed"),
    "token_made": Words("toegangstoken gemaakt", "access token made"),
    "token_revoked": Words("toegangstoken ingetrokken", "access token revoked"),
    "calendar_made": Words("adres van agenda gemaakt", "address of calendar made"),
    "calendar_revoked": Words("adres van agenda ingetrokken", "address of calendar revoked"),
}
DETAILS: Mapping[str, Words] = {
    "old": Words("was", "was"),
    "new": Words("wordt", "becomes"),
    "fields": Words("velden", "fields"),
    "step": Words("stap", "step"),
    "name": Words("naam", "name"),
    "scope": Words("bereik", "scope"),
    "organisation": Words("organisatie", "organisation"),
    "number": Words("aantal", "number"),
}
NOTICE = "notice"
NOTICED = frozenset(
    {
        *("password_set", "factor_on", "factor_off", "code_used"),
        *("token_made", "calendar_made", "email_asked"),
    }
)
"""Of what a letter tells the person, wherever it was done from."""
NOTHING = Words("geen", "none")


def note(actor: Actor, account: Account, what: str, **detail: Any) -> None:
    """Write down what `actor` did to `account`, inside the command that does it."""
    session().add(
        AccountEvent(
            account_id=account.id,
            at=clock.now(),
            actor_id=actor.account_id,
            actor_name=actor.name,
            door=actor.door,
            address=actor.address or None,
            what=what,
            detail=detail,
        )
    )
    if what in NOTICED:
        post(session(), NOTICE, {"account": account.id, "what": what})


def note_address(actor: Actor, account: Account, old: str) -> None:
    """Write down that `account` has another address, and tell the one before."""
    note(actor, account, "email_changed")
    post(session(), NOTICE, {"account": account.id, "what": "email_changed", "address": old})


def events_of(account_id: int, what: str | None = None) -> Sequence[AccountEvent]:
    """The last events of an account, newest first; only those of one kind where `what` says so."""
    query = select(AccountEvent).where(AccountEvent.account_id == account_id)
    if what in KINDS:
        query = query.where(AccountEvent.what == what)
    return session().scalars(query.order_by(AccountEvent.id.desc()).limit(MOST)).all()


def said(event: AccountEvent, lang: str) -> str:
    """What an event adds to its kind, in words: "was: …; wordt: …"."""
    return "; ".join(
        f"{DETAILS[key].in_(lang) if key in DETAILS else key}: {_shown(value, lang)}"
        for key, value in event.detail.items()
    )


def _shown(value: Any, lang: str) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or NOTHING.in_(lang)
    return str(value)
