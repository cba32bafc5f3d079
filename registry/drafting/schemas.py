"""What is asked for a new annex that is based on another."""

from ..fields import Day, Text
from ..schema import BaseSchema
from ..words import Words


class CopySchema(BaseSchema):
    """What is different of the new annex."""

    title = Text("Titel", "Title", required=True, max_length=300)
    title_en = Text("Titel in het Engels", "Title in English", max_length=300)
    as_of = Day(
        "Peildatum",
        "Reference date",
        required=True,
        hint=Words(
            "Een vastgestelde bijlage wordt waarmee de nieuwe vergelijkt.",
            "A frozen annex becomes what the new one compares with.",
        ),
    )
