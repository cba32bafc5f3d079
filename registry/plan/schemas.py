"""The dictionaries of the plan of action, its measures and its milestones."""

from ..due.schemas import MoveSchema, moves, review_by, review_on
from ..fields import Code, Current, LongText, Policy, Ref, Rows, Text
from ..initiatives.models import Initiative
from ..kind import Kind, define
from ..partners.models import Partner
from ..schema import RecordSchema
from ..sources.models import Event
from ..sources.schemas import Sources
from ..themes.models import Theme
from ..words import Words
from .models import Measure, Milestone, MilestoneMove, Plan
from .rows import (
    DependencySchema,
    MeasureCauseSchema,
    MeasureGroupSchema,
    MeasurePartySchema,
    MeasureStatusSchema,
    MilestoneCommitmentSchema,
    MilestoneEvidenceSchema,
    MilestoneStateSchema,
    PlanThemeSchema,
)


class PlanSchema(RecordSchema):
    model = Plan

    title = Text("Titel", "Title", required=True, max_length=300, uses="fact search sort column")
    title_en = Text("Titel in het Engels", "Title in English", max_length=300, uses="search")
    description = LongText("Beschrijving", "Description", uses="search")
    ambition = LongText("Ambitie", "Ambition", uses="fact search")
    needs = LongText("Wat daarvoor nodig is", "What that takes", uses="fact search")
    opportunities = LongText("Kansen", "Opportunities", uses="fact search")
    threats = LongText("Bedreigingen", "Threats", uses="fact search")
    lead = Ref("Trekker", "Lead", to=Partner)
    due = Policy("Termijn", "Due", uses="fact sort column")
    initiative = Ref("Van", "Of", to=Initiative, uses="column")
    themes = Rows(
        "Per thema", "Per theme", of=PlanThemeSchema, one=Words("Thema", "Theme"), uses="filter"
    )
    sources = Sources()


class MeasureSchema(RecordSchema):
    model = Measure

    title = Text(
        "Maatregel", "Measure", required=True, max_length=300, uses="fact search sort column"
    )
    title_en = Text("In het Engels", "In English", max_length=300, uses="search")
    plan = Ref("Plan van aanpak", "Plan of action", to=Plan, uses="filter column")
    theme = Ref(
        "Thema",
        "Theme",
        to=Theme,
        uses="filter column",
        hint=Words("Leeg: voor het hele plan.", "Empty: for the plan as a whole."),
    )
    description = LongText("Beschrijving", "Description", uses="fact search")
    causes = Rows(
        "Wat de maatregel aanpakt",
        "What the measure addresses",
        of=MeasureCauseSchema,
        one=Words("Oorzaak of factor", "Cause or factor"),
        uses="filter",
    )
    groups = Rows(
        "Doelgroepen",
        "Target groups",
        of=MeasureGroupSchema,
        one=Words("Doelgroep", "Target group"),
        uses="filter",
    )
    parties = Rows(
        "Betrokken organisaties",
        "Organisations involved",
        of=MeasurePartySchema,
        one=Words("Betrokken organisatie", "Organisation involved"),
        uses="filter column",
    )
    means = LongText("Middelen", "Means", max_length=2000, uses="fact search")
    due = Policy("Termijn", "Due", uses="fact filter sort column")
    status = Current(
        "Status",
        "Status",
        rows="statuses",
        field="status",
        uses="filter column",
        like=Code("", "", of="measure-status"),
    )
    statuses = Rows(
        "Status in de tijd",
        "Status in time",
        of=MeasureStatusSchema,
        one=Words("Status", "Status"),
    )
    sources = Sources()


class MilestoneMoveSchema(MoveSchema):
    model = MilestoneMove


class MilestoneSchema(RecordSchema):
    model = Milestone

    title = Text(
        "Mijlpaal", "Milestone", required=True, max_length=300, uses="fact search sort column"
    )
    title_en = Text("In het Engels", "In English", max_length=300, uses="search")
    plan = Ref(
        "Plan van aanpak",
        "Plan of action",
        to=Plan,
        uses="filter column",
        hint=Words(
            "Leeg: een feit uit het verleden of een mijlpaal buiten het plan.",
            "Empty: a past fact or a milestone outside the plan.",
        ),
    )
    measure = Ref("Maatregel", "Measure", to=Measure, uses="filter")
    due = Policy("Termijn", "Due", uses="fact filter sort column")
    review_on = review_on()
    review_by = review_by()
    moves = moves(MilestoneMoveSchema)
    state = Current(
        "Stand",
        "State",
        rows="states",
        field="state",
        uses="filter column",
        like=Code("", "", of="milestone-state"),
    )
    owner = Ref("Trekker", "Owner", to=Partner, uses="filter")
    owner_words = Text("Trekker, in woorden", "Owner, in words", max_length=300)
    theme = Ref("Thema", "Theme", to=Theme, uses="filter")
    initiative = Ref("Initiatief", "Initiative", to=Initiative, uses="filter")
    event = Ref("Gebeurtenis", "Event", to=Event)
    states = Rows(
        "Stand in de tijd",
        "State in time",
        of=MilestoneStateSchema,
        one=Words("Stand", "State"),
    )
    commitments = Rows(
        "Toezeggingen en voornemens",
        "Commitments",
        of=MilestoneCommitmentSchema,
        one=Words("Toezegging of voornemen", "Commitment"),
        uses="filter",
    )
    depends_on = Rows(
        "Wacht op",
        "Depends on",
        of=DependencySchema,
        one=Words("Mijlpaal waarop deze wacht", "Milestone it waits for"),
    )
    evidence = Rows(
        "Onderbouwing dat de mijlpaal is gehaald",
        "Evidence that the milestone was reached",
        of=MilestoneEvidenceSchema,
        one=Words("Onderbouwing", "Evidence"),
    )
    sources = Sources()


PLAN = define(
    Kind(
        "plan",
        "PLA",
        "plans",
        Plan,
        PlanSchema,
        Words("Plan van aanpak", "Plan of action"),
        Words("Plannen van aanpak", "Plans of action"),
        Words("Waar de samenwerking naartoe werkt.", "What the collaboration works toward."),
        order=42,
    )
)
MEASURE = define(
    Kind(
        "measure",
        "MEA",
        "measures",
        Measure,
        MeasureSchema,
        Words("Maatregel", "Measure"),
        Words("Maatregelen", "Measures"),
        Words(
            "Wat het plan van aanpak doet: welke oorzaak, voor wie, door wie, met welke middelen.",
            "What the plan of action does: about which cause, for whom, by whom, by what means.",
        ),
        order=43,
    )
)
MILESTONE = define(
    Kind(
        "milestone",
        "MIL",
        "milestones",
        Milestone,
        MilestoneSchema,
        Words("Mijlpaal", "Milestone"),
        Words("Mijlpalen", "Milestones"),
        Words(
            "De weg naar het plan van aanpak, en gedateerde feiten. Debatten en brieven staan bij "
            "de gebeurtenissen.",
            "The road to the plan of action, and dated facts. Debates and letters are events.",
        ),
        contributed=True,
        order=44,
        first="due",
    )
)
