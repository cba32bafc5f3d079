"""The rows of the nested lists of plans, measures and milestones."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..commitments.models import Commitment
from ..errors import Message
from ..fields import Code, Link, LongText, Policy, Ref
from ..fields.base import BLANK
from ..partners.models import Partner
from ..record import Audience
from ..schema import RowSchema
from ..sources.models import Document
from ..themes.models import Cause, Group, Theme
from ..words import Words
from . import models
from .models import Dependency, Milestone, MilestoneCommitment

LATE, OTHER = "late", "other"
NOTHING = Message("Give an address or a document.", "Geef een adres of een document.", "required")


class PlanThemeSchema(RowSchema):
    model = models.PlanTheme
    natural = ("theme",)
    filters = {"theme": "theme"}

    theme = Ref("Thema", "Theme", to=Theme, required=True)
    lead = Ref("Trekker", "Lead", to=Partner)
    ambition = LongText("Ambitie", "Ambition", uses="fact search")
    needs = LongText("Wat daarvoor nodig is", "What that takes", uses="fact search")
    opportunities = LongText("Kansen", "Opportunities", uses="fact search")
    threats = LongText("Bedreigingen", "Threats", uses="fact search")


class MeasureCauseSchema(RowSchema):
    model = models.MeasureCause
    natural = ("cause",)
    filters = {"cause": "cause"}

    cause = Ref("Oorzaak of factor", "Cause or factor", to=Cause, required=True)


class MeasureGroupSchema(RowSchema):
    model = models.MeasureGroup
    natural = ("group",)
    filters = {"group": "group"}

    group = Ref("Groep", "Group", to=Group, required=True)


class MeasurePartySchema(RowSchema):
    model = models.MeasureParty
    natural = ("partner",)
    filters = {"partner": "partner"}

    partner = Ref("Organisatie", "Organisation", to=Partner, required=True)
    role = Code("Rol", "Role", of="participation-role")


class MeasureStatusSchema(RowSchema):
    model = models.MeasureStatus
    natural = ("status", "from")

    status = Code("Status", "Status", of="measure-status", required=True, uses="fact")
    from_ = Policy("Vanaf", "From", uses="fact")
    until = Policy("Tot", "Until")
    reason = LongText("Reden", "Reason", max_length=1000)


class MilestoneStateSchema(RowSchema):
    model = models.MilestoneState
    natural = ("state", "from")

    state = Code("Stand", "State", of="milestone-state", required=True, uses="fact")
    from_ = Policy("Vanaf", "From", uses="fact")
    until = Policy("Tot", "Until")
    reason = Code("Reden", "Reason", of="update-reason", audience=Audience.PARTNERS)
    reason_words = LongText(
        "Toelichting op de reden",
        "Explanation of the reason",
        max_length=1000,
        audience=Audience.PARTNERS,
        hint=Words("Nodig bij “anders”.", "Needed for “other”."),
    )

    @validates_schema(skip_on_field_errors=True)
    def _why(self, data: dict[str, Any], **_: Any) -> None:
        if data["state"] == LATE and not data.get("reason"):
            raise ValidationError({"reason": [BLANK]})
        if data.get("reason") == OTHER and not data.get("reason_words"):
            raise ValidationError({"reasonWords": [BLANK]})


class MilestoneEvidenceSchema(RowSchema):
    """What shows that the milestone was reached, and why that counts."""

    model = models.MilestoneEvidence
    natural = ("why",)
    distinct = ("why", "url", "document")

    why = LongText("Waarom dit telt", "Why this counts", required=True, max_length=600)
    url = Link("Adres", "Address", max_length=600)
    document = Ref("Document", "Document", to=Document)

    @validates_schema(skip_on_field_errors=True)
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if not data.get("url") and not data.get("document"):
            raise ValidationError({"url": [NOTHING]})


class MilestoneCommitmentSchema(RowSchema):
    model = MilestoneCommitment
    natural = ("commitment",)
    filters = {"commitment": "commitment"}

    commitment = Ref("Toezegging of voornemen", "Commitment", to=Commitment, required=True)


class DependencySchema(RowSchema):
    model = Dependency
    natural = ("milestone",)

    milestone = Ref("Mijlpaal", "Milestone", to=Milestone, required=True, acyclic=True)
