"""The rights of every role, printed from the code that guards them: `docs/permissions.md`."""

from collections.abc import Iterable, Iterator, Mapping

import click
from flask import Flask

from .access import MATRIX, VIEWS, Actor, Permission, Role, View, can, can_see, may_propose
from .record import Audience, Record, State
from .vocabulary import LISTS
from .words import Words

MEANINGS: Mapping[Permission, Words] = {
    Permission.CONTRIBUTION_CREATE: Words(
        "initiatieven, toezeggingen en mijlpalen aanmaken",
        "make initiatives, commitments and milestones",
    ),
    Permission.CONTRIBUTION_EDIT: Words("deze wijzigen", "change these"),
    Permission.CONTRIBUTION_DELETE: Words("deze verwijderen", "remove these"),
    Permission.FRAMEWORK_CREATE: Words(
        "organisaties, thema’s, documenten en het andere kader aanmaken",
        "make organisations, themes, documents and the rest of the framework",
    ),
    Permission.FRAMEWORK_EDIT: Words("deze wijzigen", "change these"),
    Permission.FRAMEWORK_DELETE: Words("deze verwijderen", "remove these"),
    Permission.RECORD_PUBLISH: Words(
        "beoordelen, publiceren, intrekken, archiveren", "judge, publish, withdraw, archive"
    ),
    Permission.RECORD_PROPOSE: Words(
        "een wijziging voorstellen van wat gepubliceerd is",
        "propose a change of what is published",
    ),
    Permission.RECORD_HAND_OVER: Words(
        "het beheer aan een organisatie overdragen", "hand a record over to an organisation"
    ),
    Permission.RECORD_MERGE: Words(
        "twee gegevens over hetzelfde samenvoegen", "merge two records of the same thing"
    ),
    Permission.PEOPLE_MANAGE: Words(
        "accounts, rollen en toegang beheren", "manage accounts, roles and access"
    ),
    Permission.VOCABULARY_EDIT: Words(
        "keuzelijsten en leesafspraken wijzigen", "change vocabularies and reading conventions"
    ),
}
SIGHT: Mapping[View, Words] = {
    View.PUBLIC: Words("wat voor iedereen is", "what is for everyone"),
    View.PARTNERS: Words("ook wat voor deelnemende partijen is", "also what is for partners"),
    View.CORE_GROUP: Words(
        "ook wat voor de kerngroep is, zoals contactpersonen en oordelen",
        "also what is for the core group, such as contact persons and judgements",
    ),
    View.SECRETARIAT: Words(
        "alles, ook interne notities en wat onder embargo is",
        "everything, internal notes and what is under embargo included",
    ),
}
INTRO = """# Permissions

Printed from the code by `flask --app wsgi permissions > docs/permissions.md`: do not edit it. A
test fails when it is stale. Whoever is not mentioned may not. What somebody may not see does not
exist for them: 404.
"""
KEEPING = """## Who keeps a record

Each record has one keeper: the organisation of whoever made it, or the secretariat. Its members
see it in every state and edit it until it is submitted; what is published they change by a
proposal. Members of other organisations that take part in it propose too. What came from the
letters is kept by the secretariat until it is handed over to an organisation. *Own* below is what
one made or what one's organisation keeps; *involved* is what one's organisation takes part in.
"""
TOKENS = """## What a token may

A token of the API never may more than its account. Its scope makes that less, and so does the one
organisation that it can be for: it then has the roles that its account has for that organisation
today, sees and keeps what is of that one, and is worth nothing (401) once the account does not
belong to it any more. The secretariat narrowed to an organisation is no secretariat.

| Scope | Reads | Changes |
| --- | --- | --- |
| `public` | what everybody reads | nothing |
| `read` | what the account may see | nothing |
| `write` | what the account may see | what the account may change |
"""
SECRETARIAT = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
OWN, INVOLVED, OTHER = "own", "involved", "other"
ORGANISATION, ELSEWHERE = 1, 2


def page() -> str:
    """The whole page as markdown."""
    return "\n".join([INTRO, *_matrix(), *_views(), *_states(), KEEPING, *_changing(), TOKENS])


def _matrix() -> Iterator[str]:
    yield "## What each role may do\n"
    yield from _table(
        ["Permission", "Nederlands", "English", *(f"`{role}`" for role in Role)],
        [
            [
                f"`{permission}`",
                MEANINGS[permission].nl,
                MEANINGS[permission].en,
                *(_mark(permission in MATRIX[role]) for role in Role),
            ]
            for permission in Permission
        ],
    )


def _views() -> Iterator[str]:
    yield "## What each role sees of a record\n"
    yield from _table(
        ["Role", "Nederlands", "English", "Ziet", "Sees"],
        [
            [f"`{role}`", name.nl, name.en, SIGHT[VIEWS[role]].nl, SIGHT[VIEWS[role]].en]
            for role in Role
            for name in [LISTS["role"].terms[role].words]
        ],
    )


def _states() -> Iterator[str]:
    yield "## Who sees which record\n"
    yield "By its state and audience. A published record under embargo is seen as a draft is.\n"
    rows = [
        [f"`{state}`", f"`{audience}`", *(_sees(role, state, audience) for role in Role)]
        for state in State
        for audience in Audience
    ]
    yield from _table(["State", "Audience", *(f"`{role}`" for role in Role)], rows)


def _changing() -> Iterator[str]:
    yield "## Who changes a contribution\n"
    rows = [
        [f"`{state}`", whose, *(_changes(role, state, whose) for role in Role)]
        for state in State
        for whose in (OWN, INVOLVED, OTHER)
    ]
    yield from _table(["State", "Whose", *(f"`{role}`" for role in Role)], rows)


def _sees(role: Role, state: State, audience: Audience) -> str:
    if can_see(_actor(role), _record(state, audience, ELSEWHERE)):
        return "yes"
    return OWN if can_see(_actor(role), _record(state, audience, ORGANISATION)) else "–"


def _changes(role: Role, state: State, whose: str) -> str:
    record = _record(state, Audience.PUBLIC, ORGANISATION if whose == OWN else ELSEWHERE)
    involved = frozenset({ORGANISATION} if whose == INVOLVED else ())
    if can(_actor(role), Permission.CONTRIBUTION_EDIT, record):
        return "edits"
    return "proposes" if may_propose(_actor(role), record, involved) else "–"


def _actor(role: Role) -> Actor:
    account = None if role is Role.PUBLIC else 1
    return Actor(account, roles=frozenset({role}), organisations=_organisations(role))


def _organisations(role: Role) -> frozenset[int]:
    return frozenset() if role in SECRETARIAT | {Role.PUBLIC} else frozenset({ORGANISATION})


def _record(state: State, audience: Audience, keeper: int) -> Record:
    return Record(state=state, audience=audience, owner_id=0, keeper_id=keeper)


def _mark(given: bool) -> str:  # noqa: FBT001  # a cell
    return "yes" if given else "–"


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


@click.command("permissions")
def permissions() -> None:
    """Write docs/permissions.md to the terminal."""
    click.echo(page(), nl=False)


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(permissions)
