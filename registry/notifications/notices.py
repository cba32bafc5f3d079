"""Notices of what was done to somebody's account, so that they learn of what was not them; and the
letter that confirms a new address."""

from collections.abc import Mapping

from flask import current_app

from ..access import system
from ..accounts.events import NOTICE
from ..accounts.models import Account
from ..accounts.queries import by_email
from ..invitations.commands import EMAIL, make
from ..words import Words
from .letters import Letter, Payload, Undeliverable, letter

SUBJECT = Words("Er is iets gewijzigd aan uw account", "Something changed in your account")
TEXT = Words(
    """Dag {name},

{what}

Was u dit zelf, dan hoeft u niets te doen. Was u dit niet, vraag dan
meteen een nieuw wachtwoord aan en meld het aan het secretariaat:

{link}
""",
    """Dear {name},

{what}

If this was you, you need not do anything. If it was not, ask for a new
password at once and tell the secretariat:

{link}
""",
)
WHAT: Mapping[str, Words] = {
    "password_set": Words(
        "Het wachtwoord van uw account bij het samenwerkingsregister is gewijzigd.",
        "The password of your account at the Samenwerkingsregister was changed.",
    ),
    "factor_on": Words(
        "De tweede stap van uw account bij het samenwerkingsregister is ingesteld.",
        "The second step of your account at the Samenwerkingsregister was set up.",
    ),
    "factor_off": Words(
        "De tweede stap van uw account bij het samenwerkingsregister is uitgezet.",
        "The second step of your account at the Samenwerkingsregister was switched off.",
    ),
    "code_used": Words(
        "Met een herstelcode van uw account is aangemeld bij het samenwerkingsregister.",
        "A recovery code of your account was used at the Samenwerkingsregister.",
    ),
    "token_made": Words(
        "Voor uw account bij het samenwerkingsregister is een toegangstoken gemaakt.",
        "An access token was made for your account at the Samenwerkingsregister.",
    ),
    "calendar_made": Words(
        "Voor uw account bij het samenwerkingsregister is een adres gemaakt waarop uw\n"
        "agenda te lezen is.",
        "An address was made for your account at the Samenwerkingsregister, at which\n"
        "your calendar can be read.",
    ),
    "email_asked": Words(
        "Voor uw account bij het samenwerkingsregister is een ander e-mailadres\n"
        "gevraagd. Het gaat in zodra de link in de mail daarheen is gevolgd.",
        "Another e-mail address was asked for your account at the\n"
        "Samenwerkingsregister. It counts once the link in the mail to it is followed.",
    ),
    "email_changed": Words(
        "Het e-mailadres van uw account bij het samenwerkingsregister is gewijzigd.\n"
        "Mail gaat voortaan naar het nieuwe adres, en niet meer naar dit.",
        "The e-mail address of your account at the Samenwerkingsregister was changed.\n"
        "Mail goes to the new address from now on, and no longer to this one.",
    ),
}
CONFIRM = (
    Words("Bevestig uw nieuwe e-mailadres", "Confirm your new e-mail address"),
    Words(
        """Dag {name},

Voor uw account bij het samenwerkingsregister is dit e-mailadres opgegeven.
Bevestig het binnen een dag:

{link}

De link werkt één keer. Hebt u hier niet om gevraagd, dan hoeft u niets
te doen: er wijzigt niets.
""",
        """Dear {name},

This e-mail address was given for your account at the Samenwerkingsregister.
Confirm it within a day:

{link}

The link works once. If you did not ask for this, you need not do
anything: nothing changes.
""",
    ),
)


@letter(NOTICE)
def notice(account: Account, payload: Payload) -> Letter:
    """What was done; after a change of address it goes to the one before."""
    what, lang = WHAT[payload["what"]], account.language
    text = TEXT.in_(lang).format(
        name=account.name, what=what.in_(lang), link=f"{_root()}/wachtwoord-vergeten"
    )
    return Letter(SUBJECT.in_(lang), text, payload.get("address"))


@letter(EMAIL)
def confirmation(account: Account, _payload: Payload) -> Letter:
    """The letter to the new address. One that somebody else has gets none."""
    to, lang = account.new_email, account.language
    if to is None or by_email(to) is not None:
        raise Undeliverable("the address is not asked for, or not free")
    secret = make(system("Mail", "cli"), account, EMAIL)
    subject, text = CONFIRM
    filled = text.in_(lang).format(name=account.name, link=f"{_root()}/e-mailadres/{secret}")
    return Letter(subject.in_(lang), filled, to)


def _root() -> str:
    root: str = current_app.config["PUBLIC_URL"]
    return root.rstrip("/")
