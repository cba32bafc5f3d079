"""What judging takes at every door: who sees it and from when, or what should change."""

from ..fields import Code, LongText, Moment
from ..schema import BaseSchema
from ..words import Words


class PublicationSchema(BaseSchema):
    """For whom a record is published, and from when; what is absent stays as it is."""

    audience = Code("Zichtbaar voor", "Visible to", of="audience")
    embargo_until = Moment(
        "Onder embargo tot",
        "Under embargo until",
        hint=Words(
            "De eerste dag waarop anderen het zien; tot dan alleen de makers en het secretariaat. "
            "Leeg: meteen.",
            "The first day on which others see it; until then only its makers and the secretariat. "
            "Empty: at once.",
        ),
    )


class ReturnSchema(BaseSchema):
    """What should change before something is published."""

    note = LongText(
        "Wat moet er anders",
        "What should change",
        required=True,
        max_length=1000,
        hint=Words("De indiener leest dit.", "Who submitted it reads this."),
    )
