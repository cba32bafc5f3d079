"""The rules of reminding with what the registry comes with, and the dictionaries of their forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..fields import Day, Flag, LongText, Text, Whole
from ..schema import BaseSchema
from ..words import Words

STARTS, ENDS, PASSED, STALE, REVIEW = "starts", "ends", "passed", "stale", "review"


@dataclass(frozen=True)
class Setting:
    """How a rule is set: either so many days before, or every so many days, at most so often."""

    active: bool = True
    days: int | None = None
    every: int | None = None
    most: int | None = None

    def as_json(self) -> dict[str, Any]:
        """By name, without what this rule does not have; the book keeps it so."""
        told = {"active": self.active, "days": self.days, "every": self.every, "most": self.most}
        return {name: value for name, value in told.items() if value is not None}


DEFAULTS: Mapping[str, Setting] = {
    STARTS: Setting(days=14),
    ENDS: Setting(days=14),
    PASSED: Setting(every=30, most=3),
    STALE: Setting(every=30, most=3),
    REVIEW: Setting(every=14, most=2),
}
NAMES: Mapping[str, Words] = {
    STARTS: Words("De periode begint", "The period begins"),
    ENDS: Words("De termijn loopt af", "The term ends"),
    PASSED: Words("De termijn is voorbij", "The term is over"),
    STALE: Words("Niet actueel", "Not up to date"),
    REVIEW: Words("Opnieuw bekijken", "Look again"),
}
TOLD: Mapping[str, Words] = {
    STARTS: Words(
        "Voordat de genoemde periode begint, van wat nog openstaat.",
        "Before the period named begins, of what is still open.",
    ),
    ENDS: Words(
        "Voor de laatste dag van de termijn, van wat nog openstaat.",
        "Before the last day of the term, of what is still open.",
    ),
    PASSED: Words(
        "Na de laatste dag, van wat nog openstaat. Van een streven of verwachting staat er: niet "
        "gehaald in de genoemde periode.",
        "After the last day, of what is still open. Of an aim or expectation it says: not reached "
        "in the period named.",
    ),
    STALE: Words(
        "Van wat loopt en waarvan nooit of langer dan 180 dagen geleden iets is gemeld.",
        "Of what runs and was never reported on, or longer than 180 days ago.",
    ),
    REVIEW: Words(
        "Op de dag waarop iemand opnieuw zou kijken naar wat wacht.",
        "On the day on which somebody would look again at what waits.",
    ),
}


class BeforeSchema(BaseSchema):
    """A rule that reminds beforehand."""

    active = Flag("Deze herinnering versturen", "Send this reminder")
    days = Whole("Zoveel dagen vooraf", "So many days before", low=1, high=365, required=True)


class AgainSchema(BaseSchema):
    """A rule that reminds again and again."""

    active = Flag("Deze herinnering versturen", "Send this reminder")
    every = Whole("Opnieuw na zoveel dagen", "Again after so many days", low=1, high=365)
    most = Whole("Hoogstens zo vaak, samen", "At most so often, in all", low=1, high=20)

    def on_bind_field(self, field_name: str, field_obj: Any) -> None:
        super().on_bind_field(field_name, field_obj)
        field_obj.required, field_obj.allow_none = field_name != "active", False


class PauseSchema(BaseSchema):
    """A pause that the secretariat sets."""

    reference = Text(
        "Kenmerk",
        "Reference",
        required=True,
        max_length=20,
        hint=Words(
            "Van een organisatie (ORG-…) of van een ander gegeven, zoals INI-0001.",
            "Of an organisation (ORG-…) or of another record, such as INI-0001.",
        ),
    )
    until = Day(
        "Tot en met",
        "Until and including",
        hint=Words("Leeg: tot nader order.", "Empty: until further notice."),
    )
    reason = Text("Waarom", "Why", required=True, max_length=500)


class PreferenceSchema(BaseSchema):
    """How somebody wants to be reminded."""

    digest = Flag(
        "Alles in één mail per dag",
        "Everything in one mail a day",
        hint=Words(
            "Uit: een mail voor elke herinnering, behalve als het er veel zijn.",
            "Off: a mail for each reminder, unless there are many.",
        ),
    )
    paused_until = Day(
        "Geen herinneringen tot en met",
        "No reminders until and including",
        hint=Words(
            "Bijvoorbeeld tijdens vakantie. Wat dan nog openstaat, komt daarna in één mail.",
            "During a holiday, for example. What is still open then comes after it in one mail.",
        ),
    )


class DismissalSchema(BaseSchema):
    """Why an escalation is not sent."""

    reason = LongText("Waarom niet", "Why not", required=True, max_length=1000)


class ToldReminderSchema(BaseSchema):
    """What the secretariat set, as the history tells of it: a rule, a pause or a decision."""

    active = Flag("Versturen", "Send")
    days = Whole("Zoveel dagen vooraf", "So many days before")
    every = Whole("Opnieuw na zoveel dagen", "Again after so many days")
    most = Whole("Hoogstens zo vaak, samen", "At most so often, in all")
    until = Day("Gepauzeerd tot en met", "Paused until and including")
    paused = Flag("Gepauzeerd", "Paused")
    sent = Flag("Aan de leiding gestuurd", "Sent to who leads")
    reason = LongText("Reden", "Reason")


class RefusalSchema(BaseSchema):
    """That mail to somebody came back later on, as the secretariat read in its own mailbox."""

    email = Text("E-mailadres", "E-mail address", required=True, max_length=254)
    why = Text(
        "Wat de mailserver zei",
        "What the mail server said",
        required=True,
        max_length=500,
        hint=Words(
            "Bijvoorbeeld: 550 deze mailbox bestaat niet.", "For example: 550 no such mailbox."
        ),
    )
