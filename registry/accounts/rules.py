"""Nobody judges their own work, unless nobody else can."""

from .. import editing
from ..access import Actor
from ..errors import Forbidden
from ..words import Words
from .queries import judges

OWN = Words(
    "U hebt dit zelf ingediend. Iemand anders van het secretariaat beoordeelt het.",
    "You submitted this yourself. Somebody else of the secretariat judges it.",
)
ALONE = "Zelf beoordeeld: niemand anders kon het"


def refuse_own(actor: Actor, author_id: int | None) -> str | None:
    """Raise Forbidden for who handed it in; the mark for the history where nobody else can."""
    if author_id is None or author_id != actor.account_id:
        return None
    if judges(but=actor.account_id):
        raise Forbidden(OWN)
    return ALONE


editing.judging.append(refuse_own)
