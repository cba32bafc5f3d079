"""The page of how somebody gets in: mail with a link, second step, sessions, tokens, events."""

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..accounts.events import events_of
from ..accounts.models import Account
from ..administration.pages import Page, link, page_of
from ..db import session
from ..errors import NotFound
from ..factors import commands as factors
from ..factors.queries import confirmed, required_of
from ..invitations import commands as invitations
from ..signin import commands as signin
from ..signin.pages import button, events_group, group, sessions_of, sessions_table
from ..tokens import commands as tokens
from ..tokens.models import Token
from ..tokens.queries import tokens_of
from ..tokens.views import tokens_group
from ..web import actor, t
from .persons import LARGEST, one

NO_MAIL = (
    "Er is geen mail ingesteld (MAIL_URL): de brief wacht tot dat is gedaan.",
    "No mail is set up (MAIL_URL): the letter waits until that is done.",
)


def show(number: int) -> str:
    """How somebody gets in, and what happened to their account."""
    account = one(number)
    title = t(f"Toegang van {account.name}", f"Access of {account.name}")
    up = {"label": t("Personen", "People"), "url": url_for("admin.people")}
    groups = [
        _ways_in(account),
        _sessions(account),
        tokens_group(tokens_of(account.id), "admin.revoke_token"),
        events_group(events_of(account.id, request.args.get("what"))),
    ]
    return page_of(title, account.email, groups, [up])


def _ways_in(account: Account) -> Page:
    title = t("Wachtwoord en tweede stap", "Password and second step")
    mail = t("Stuur een uitnodiging", "Send an invitation")
    if account.password_hash:
        mail = t("Stuur een link voor een nieuw wachtwoord", "Send a link for a new password")
    actions = [button(mail, "admin.invite", "primary", number=account.id)]
    by_hand = t("Wachtwoord instellen", "Set a password")
    actions.append(link(by_hand, url_for("admin.password", number=account.id)))
    if confirmed(account.id):
        label = t("Tweede stap wissen", "Clear the second step")
        actions.append(button(label, "admin.clear_factor", "danger", number=account.id))
    return group("toegang", title, intro=_standing(account), actions=actions)


def _standing(account: Account) -> str:
    word = (
        t("Heeft een wachtwoord.", "Has a password.")
        if account.password_hash
        else t("Heeft nog geen wachtwoord.", "Has no password yet.")
    )
    if confirmed(account.id):
        step = t("De tweede stap is ingesteld.", "The second step is set up.")
    elif required_of(account):
        step = t(
            "De tweede stap is verplicht en wordt bij het aanmelden ingesteld.",
            "The second step is required and is set up when signing in.",
        )
    else:
        step = t("Zonder tweede stap.", "Without a second step.")
    return f"{word} {step}"


def _sessions(account: Account) -> Page:
    title = t("Sessies", "Sessions")
    drawn = sessions_table(sessions_of(account.id), "admin.end_session", number=account.id)
    everywhere = t("Overal afmelden", "Sign out everywhere")
    out = button(everywhere, "admin.end_sessions", "danger", number=account.id)
    return group("sessies", title, table=drawn, actions=[out])


def invite(number: int) -> ResponseReturnValue:
    """Send somebody a link to choose a password; again sends a new one."""
    account = one(number)
    invitations.invite(actor(), account)
    said = t(f"De mail aan {account.name} gaat uit.", f"The mail to {account.name} is on its way.")
    flash(said, "ok")
    if not current_app.config["MAIL_URL"]:
        flash(t(*NO_MAIL), "warning")
    return _back(number)


def clear_factor(number: int) -> ResponseReturnValue:
    """For who lost their app and their recovery codes."""
    factors.remove(actor(), one(number))
    flash(t("De tweede stap is gewist.", "The second step has been cleared."), "ok")
    return _back(number)


def end_session(number: int, session: int) -> ResponseReturnValue:
    """Sign somebody out on one device."""
    signin.end(actor(), one(number), session if session < LARGEST else 0)
    flash(t("Dat apparaat is afgemeld.", "That device has been signed out."), "ok")
    return _back(number)


def end_sessions(number: int) -> ResponseReturnValue:
    """Sign somebody out everywhere."""
    signin.end_all(actor(), one(number))
    flash(t("Overal afgemeld.", "Signed out everywhere."), "ok")
    return _back(number)


def revoke_token(number: int) -> ResponseReturnValue:
    """Take back anybody's token."""
    found = session().get(Token, number) if number < LARGEST else None
    account = one(found.account_id if found is not None else LARGEST)
    if found is None:
        raise NotFound
    tokens.revoke(actor(), found)
    flash(t("Het token is ingetrokken.", "The token has been revoked."), "ok")
    return _back(account.id)


def _back(number: int) -> ResponseReturnValue:
    return redirect(url_for("admin.access", number=number))
