"""The page "Mijn account"."""

from typing import Any

from flask import request, url_for
from wtforms import SelectField
from wtforms.fields import SelectChoice

from .. import vocabulary
from ..accounts.events import events_of
from ..accounts.models import Account
from ..factors import queries as factors
from ..signin import forms
from ..signin.models import AccountSession
from ..signin.pages import (
    Page,
    button,
    events_group,
    group,
    link,
    sessions_of,
    sessions_table,
    table,
    text,
)
from ..web import counted, lang, links, t
from ..web.language import LANGUAGES
from ..words import Words

CODES = Words("herstelcodes", "recovery codes")


def page(row: AccountSession) -> Page:
    """The view of one's own account."""
    account = row.account
    return {
        "title": t("Mijn account", "My account"),
        "intro": t(
            "Wat er van u bekend is, en hoe u binnenkomt.",
            "What is known of you, and how you get in.",
        ),
        "breadcrumb": [
            {"label": t("Mijn werk", "My work"), "url": url_for("accounts.my_work")},
            {"label": t("Mijn account", "My account"), "url": None},
        ],
        "menu": [],
        "error_summary": [],
        "groups": [
            _details(account),
            _safety(account),
            *_calendar(),
            _sessions(row),
            events_group(events_of(account.id, request.args.get("what"))),
        ],
    }


def _details(account: Account) -> Page:
    title = t("Gegevens", "Details")
    roles = sorted({vocabulary.label("role", g.role).in_(lang()) for g in account.grants})
    columns = [
        t("Naam", "Name"),
        t("E-mailadres", "E-mail address"),
        t("Rollen", "Roles"),
        t("Taal van mail", "Language of mail"),
    ]
    address = account.email
    if account.new_email:
        waits = t("wacht op bevestiging", "waits to be confirmed")
        address = f"{address} ({account.new_email} {waits})"
    values = (account.name, address, ", ".join(roles), LANGUAGES[account.language])
    drawn = table("gegevens", title, columns, [{"cells": [text(value) for value in values]}])
    return group(
        "gegevens",
        title,
        intro=t(
            "Klopt uw naam of een rol niet, vraag het secretariaat dan om het te wijzigen.",
            "If your name or a role is not right, ask the secretariat to change it.",
        ),
        actions=_ways(),
        table=drawn,
        form=_language(account),
        form_title=t("Taal van mail wijzigen", "Change the language of mail"),
        submit_label=t("Bewaren", "Save"),
        action_url=url_for("mine.language"),
    )


def _ways() -> list[Page]:
    """What else can be set here, as far as the rooms that do it are there."""
    found = (
        (t("E-mailadres wijzigen", "Change e-mail address"), "invitations.email"),
        (t("Herinneringen", "Reminders"), "reminded.mine"),
    )
    return [link(label, name) for label, name in found if links.exists(name)]


def _language(account: Account) -> Any:
    field = SelectField(
        t("Taal", "Language"),
        choices=[SelectChoice(code, label) for code, label in LANGUAGES.items()],
        default=account.language,
    )
    return forms.form("Language", {"language": field})


def _safety(account: Account) -> Page:
    title = t("Wachtwoord en tweede stap", "Password and second step")
    actions = [link(t("Wachtwoord wijzigen", "Change password"), "mine.password")]
    if factors.confirmed(account.id):
        said, more = _with_factor(account)
    else:
        said, more = _without_factor(account)
    if links.exists("tokens.index"):
        more = [*more, link(t("Toegangstokens", "Access tokens"), "tokens.index")]
    return group("veiligheid", title, intro=said, actions=[*actions, *more])


def _with_factor(account: Account) -> tuple[str, list[Page]]:
    left = factors.codes_left(account.id)
    codes = counted(left, Words("herstelcode", "recovery code"), CODES)
    said = t(
        f"Bij het aanmelden vraagt het register ook een code. U hebt nog {codes}.",
        f"Signing in asks for a code too. You have {codes} left.",
    )
    more = [button(t("Nieuwe herstelcodes", "New recovery codes"), "mine.codes")]
    if not factors.required_of(account):
        label = t("Tweede stap uitzetten", "Switch the second step off")
        more.append(button(label, "mine.factor_off", "danger"))
    return said, more


def _without_factor(account: Account) -> tuple[str, list[Page]]:
    said = t(
        "Met een tweede stap kan niemand met alleen uw wachtwoord binnenkomen.",
        "With a second step, nobody gets in with your password alone.",
    )
    return said, [link(t("Tweede stap instellen", "Set up a second step"), "mine.factor")]


def _calendar() -> list[Page]:
    """The way to the calendar, where a room above has one."""
    if not links.exists("calendar.index"):
        return []
    said = t(
        "Zet wat uw organisaties aangaat in uw eigen agenda-programma. U krijgt een adres dat "
        "alleen u kent; druk daar op Abonneren, of kopieer het en voeg het toe als agenda “van "
        "internet”.",
        "Put what concerns your organisations in your own calendar program. You get an address "
        "that only you know; press Subscribe there, or copy it and add it as a calendar “from the "
        "internet”.",
    )
    label = t("Adres van uw agenda", "Address of your calendar")
    there = link(label, "calendar.index", _anchor="eigen")
    return [group("agenda", t("Agenda", "Calendar"), intro=said, actions=[there])]


def _sessions(row: AccountSession) -> Page:
    title = t("Waar u bent aangemeld", "Where you are signed in")
    drawn = sessions_table(sessions_of(row.account_id), "mine.end_session", here=row.id)
    everywhere = t("Overal afmelden", "Sign out everywhere")
    return group(
        "sessies",
        title,
        intro=t(
            "Herkent u een apparaat niet, meld het dan af en wijzig uw wachtwoord.",
            "If you do not recognise a device, sign it out and change your password.",
        ),
        table=drawn,
        actions=[button(everywhere, "mine.end_sessions", "danger")],
    )
