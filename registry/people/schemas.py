"""The dictionary of a person and of what they are granted."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..errors import Message
from ..fields import Code, Day, Flag, Ref, Rows, Text
from ..partners.models import Partner
from ..schema import BaseSchema, RowSchema
from ..words import Words

FOR_AN_ORGANISATION = frozenset({"member", "partner"})


class GrantSchema(RowSchema):
    """A role, for an organisation or for the whole registry, from–until."""

    role = Code("Rol", "Role", of="role", required=True)
    organisation = Ref(
        "Organisatie",
        "Organisation",
        to=Partner,
        hint=Words(
            "Nodig voor een kerngroeplid en een invoerder.",
            "Needed for a core-group member and a partner contributor.",
        ),
    )
    starts = Day("Vanaf", "From")
    ends = Day(
        "Tot",
        "Until",
        hint=Words("De eerste dag zonder deze rol.", "The first day without this role."),
    )

    @validates_schema(skip_on_field_errors=True)
    def _complete(self, data: dict[str, Any], **_: Any) -> None:
        if data["role"] in FOR_AN_ORGANISATION and data.get("organisation") is None:
            text = Message("Say for which organisation.", "Zeg voor welke organisatie.", "required")
            raise ValidationError({"organisation": [text]})
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            text = Message("This lies before the start.", "Dit ligt voor het begin.", "window")
            raise ValidationError({"ends": [text]})


class PersonSchema(BaseSchema):
    """Somebody who can sign in."""

    name = Text("Naam", "Name", required=True)
    email = Text("E-mailadres", "E-mail address", required=True, max_length=254)
    english = Flag(
        "Mail in het Engels",
        "Mail in English",
        hint=Words("Zonder vinkje: in het Nederlands.", "Unticked: in Dutch."),
    )
    active = Flag(
        "Mag zich aanmelden",
        "May sign in",
        hint=Words(
            "Zonder vinkje is het account gesloten; wat iemand deed blijft op naam staan.",
            "Unticked, the account is closed; what somebody did stays in their name.",
        ),
    )
    grants = Rows("Rollen", "Roles", of=GrantSchema, one=Words("Rol", "Role"))
