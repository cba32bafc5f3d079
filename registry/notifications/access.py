"""The letters about getting in: an invitation, a new password."""

from flask import current_app

from ..access import system
from ..accounts.models import Account
from ..invitations.commands import INVITATION, RESET, make
from ..words import Words
from .letters import Letter, Payload, letter

INVITED = (
    Words("Uitnodiging voor het samenwerkingsregister", "Invitation to the registry"),
    Words(
        """Dag {name},

U bent uitgenodigd voor het samenwerkingsregister burn-outklachten.
Kies binnen zeven dagen een wachtwoord:

{link}

De link werkt één keer. Is hij verlopen, vraag dan op de aanmeldpagina
een nieuwe. Verwachtte u dit niet, dan hoeft u niets te doen.
""",
        """Dear {name},

You have been invited to the Samenwerkingsregister, the registry of the
broad societal collaboration on burn-out complaints. Choose a password
within seven days:

{link}

The link works once. If it has expired, ask for a new one on the sign-in
page. If you did not expect this, you need not do anything.
""",
    ),
)
FORGOT = (
    Words("Nieuw wachtwoord voor het samenwerkingsregister", "New password for the registry"),
    Words(
        """Dag {name},

Voor uw account bij het samenwerkingsregister is een nieuw wachtwoord
gevraagd. Kies het binnen twee uur:

{link}

De link werkt één keer. Hebt u hier niet om gevraagd, dan hoeft u niets
te doen: uw wachtwoord blijft zoals het is.
""",
        """Dear {name},

A new password was asked for your account at the Samenwerkingsregister.
Choose it within two hours:

{link}

The link works once. If you did not ask for this, you need not do
anything: your password stays as it is.
""",
    ),
)


@letter(INVITATION)
def invitation(account: Account, _payload: Payload) -> Letter:
    """The letter that lets somebody in for the first time."""
    return _with_link(account, INVITATION, *INVITED)


@letter(RESET)
def reset(account: Account, _payload: Payload) -> Letter:
    """The letter for who forgot their password."""
    return _with_link(account, RESET, *FORGOT)


def _with_link(account: Account, purpose: str, subject: Words, text: Words) -> Letter:
    secret = make(system("Mail", "cli"), account, purpose)
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    filled = text.in_(account.language).format(
        name=account.name, link=f"{root}/wachtwoord/{secret}"
    )
    return Letter(subject.in_(account.language), filled)
