"""What handing a record over asks."""

from ..fields import Ref
from ..partners.models import Partner
from ..reasons import ReasonSchema
from ..words import Words


class HandoverSchema(ReasonSchema):
    """The body of POST …/handovers."""

    keeper = Ref(
        "Naar welke organisatie",
        "To which organisation",
        to=Partner,
        hint=Words(
            "Haar leden bewerken het voortaan. Leeg: het secretariaat.",
            "Its members edit it from then on. Empty: the secretariat.",
        ),
    )

    class Meta(ReasonSchema.Meta):
        fields = ("keeper", "reason")
