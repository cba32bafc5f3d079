"""The dictionaries of the plan of action and its milestones."""

from ..commitments.models import Commitment
from ..due.schemas import MoveSchema, moves, review_by, review_on
from ..fields import Code, LongText, Policy, Ref, Rows, Text
from ..initiatives.models import Initiative
from ..kind import Kind, define
from ..partners.models import Partner
from ..schema import RecordSchema, RowSchema
from ..sources.models import Event
from ..sources.schemas import Sources
from ..themes.models import Theme
from ..words import Words
from .models import Dependency, Milestone, MilestoneCommitment, MilestoneMove, Plan


class PlanSchema(RecordSchema):
    model = Plan

    title = Text("Titel", "Title", required=True, max_length=300, uses="fact search sort column")
    title_en = Text("Titel in het Engels", "Title in English", max_length=300, uses="search")
    description = LongText("Beschrijving", "Description", uses="search")
    ambition = LongText("Ambitie", "Ambition", uses="search")
    due = Policy("Termijn", "Due", uses="fact sort column")
    initiative = Ref("Van", "Of", to=Initiative, uses="column")
    sources = Sources()


class MilestoneCommitmentSchema(RowSchema):
    model = MilestoneCommitment
    natural = ("commitment",)
    filters = {"commitment": "commitment"}

    commitment = Ref("Toezegging of voornemen", "Commitment", to=Commitment, required=True)


class DependencySchema(RowSchema):
    model = Dependency
    natural = ("milestone",)

    milestone = Ref("Mijlpaal", "Milestone", to=Milestone, required=True, acyclic=True)


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
    due = Policy("Termijn", "Due", uses="fact filter sort column")
    review_on = review_on()
    review_by = review_by()
    moves = moves(MilestoneMoveSchema)
    state = Code("Stand", "State", of="milestone-state", uses="fact filter column")
    owner = Ref("Trekker", "Owner", to=Partner, uses="filter")
    owner_words = Text("Trekker, in woorden", "Owner, in words", max_length=300)
    theme = Ref("Thema", "Theme", to=Theme, uses="filter")
    initiative = Ref("Initiatief", "Initiative", to=Initiative, uses="filter")
    event = Ref("Gebeurtenis", "Event", to=Event)
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
