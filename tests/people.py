"""The people of every test: an account per role, two core-group members of different
organisations, and whoever is not signed in."""

from functools import cache
from types import MappingProxyType

from sqlalchemy import select

from registry import editing
from registry.access import ANYBODY, Actor, Role, system
from registry.accounts import commands, passwords
from registry.accounts.models import Account, Grant
from registry.accounts.queries import actor, by_email
from registry.db import session
from registry.kind import kind_named
from registry.partners.models import Partner

PASSWORD = "wat een lang wachtwoord"
PEOPLE = MappingProxyType(
    {
        "administrator": (Role.ADMINISTRATOR, None),
        "secretariat": (Role.SECRETARIAT, None),
        "member": (Role.MEMBER, "OVAL"),
        "other_member": (Role.MEMBER, "MIND"),
        "partner": (Role.PARTNER, "TNO"),
    }
)
EVERYBODY = (*PEOPLE, "public")
REGISTRY = system("Test", "seed")


def email(who: str) -> str:
    return f"{who.replace('_', '-')}@registry.example"


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)


def register(with_letters: bool) -> None:  # noqa: FBT001
    """Make everybody known, each for an organisation of the letters or a new one."""
    for who, (role, name) in PEOPLE.items():
        place = organisation(name, new=not with_letters) if name else None
        grants = [(str(role), place, None, None)]
        title = who.replace("_", " ").capitalize()
        account = commands.register(
            REGISTRY, email=email(who), name=title, password=None, grants=grants
        )
        account.password_hash = _hash()
        session().commit()


def organisation(name: str, *, new: bool = False) -> int:
    """The id of an organisation by its name."""
    if new:
        kind = kind_named("partner")
        made = editing.create(REGISTRY, kind, {"name": name})
        editing.publish(REGISTRY, kind, made)
    return session().scalars(select(Partner.id).where(Partner.name == name)).one()


def also_of(who: Actor, name: str) -> list[str]:
    """Make somebody a member of one more organisation; the references of theirs."""
    place = organisation(name)
    session().add(Grant(account_id=who.account_id, role=Role.MEMBER, organisation_id=place))
    session().commit()
    return [session().get_one(Partner, id_).reference for id_ in (who.home_id, place)]


def account(who: str) -> Account:
    """Somebody's account."""
    found = by_email(email(who))
    assert found is not None
    return found


def actors() -> dict[str, Actor]:
    """Who everybody is for the registry: real accounts with real grants."""
    return {**{who: actor(account(who), "screen") for who in PEOPLE}, "public": ANYBODY}
