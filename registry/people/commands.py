"""Saving a person, and requiring a second step of roles."""

from collections.abc import Collection, Mapping
from typing import Any

from ..access import Actor, Permission, Role, require
from ..accounts import commands as accounts
from ..accounts.models import Account
from ..command import command
from ..factors.commands import require_of
from ..factors.queries import without
from ..schema import loaded
from ..signin.commands import hold_up
from .schemas import PersonSchema


@command
def save_person(actor: Actor, account: Account | None, payload: Mapping[str, Any]) -> Account:
    """Make somebody known (`account` is None) or change who they are and what they may do."""
    require(actor, Permission.PEOPLE_MANAGE)
    values = loaded(PersonSchema(), payload)
    grants = [_grant(row) for row in values["grants"]]
    language = "en" if values["english"] else "nl"
    if account is not None:
        accounts.change(
            actor,
            account,
            name=values["name"],
            email=values["email"],
            active=values["active"],
            grants=grants,
            language=language,
        )
        hold_up(actor, account)
        return account
    made = accounts.register(
        actor,
        email=values["email"],
        name=values["name"],
        password=None,
        grants=grants,
        language=language,
    )
    made.active = values["active"]
    return made


def _grant(row: Mapping[str, Any]) -> accounts.Granted:
    organisation = row.get("organisation")
    return (
        row["role"],
        organisation.id if organisation is not None else None,
        row.get("starts"),
        row.get("ends"),
    )


@command
def require_factors(actor: Actor, roles: Collection[Role]) -> None:
    """Require a second step of these roles; who has none must set it up before going on."""
    for role in require_of(actor, roles):
        for account in without(role):
            hold_up(actor, account)
