"""The built-in code lists, in the order in which screens show them. Source: the letters' words."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..words import Words


@dataclass(frozen=True)
class Term:
    """One code with its words; a retired term stays readable and cannot be chosen any more."""

    code: str
    words: Words
    definition: str | None = None
    retired: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """A list of terms; an open one can be extended by the secretariat."""

    name: str
    words: Words
    terms: Mapping[str, Term]
    open: bool = False


LISTS: dict[str, Vocabulary] = {}


def _list(name: str, nl: str, en: str, lines: str, *, extensible: bool = False) -> None:
    terms = {}
    for line in lines.strip().splitlines():
        code, dutch, english = (part.strip() for part in line.split("|"))
        terms[code] = Term(code, Words(dutch, english))
    LISTS[name] = Vocabulary(name, Words(nl, en), terms, extensible)


_list(
    "state",
    "Publicatiestatus",
    "Publication state",
    """
draft | concept | draft
submitted | ingediend | submitted
returned | teruggestuurd | returned
published | gepubliceerd | published
archived | gearchiveerd | archived
""",
)
_list(
    "audience",
    "Zichtbaar voor",
    "Visible to",
    """
public | iedereen | everyone
partners | deelnemende partijen | partners
core_group | kerngroep | core group
secretariat | secretariaat | secretariat
""",
)
_list(
    "role",
    "Rol van een account",
    "Role of an account",
    """
administrator | functioneel beheerder | administrator
secretariat | secretariaat | secretariat
member | kerngroeplid | core-group member
partner | invoerder | partner contributor
public | bezoeker | visitor
""",
)
_list(
    "basis",
    "Hoe weten we dit",
    "How do we know this",
    """
stated | staat er letterlijk | stated literally
derived | afgeleid | derived
across | uit beide brieven samen | from both letters together
convention | leesafspraak | reading convention
outside | van buiten de brieven | from outside the letters
reported | opgave van de organisatie | reported by the organisation
classified | indeling door het secretariaat | classified by the secretariat
""",
)
_list(
    "date-kind",
    "Soort termijn",
    "Kind of date",
    """
day | dag | day
month | maand | month
quarter | kwartaal | quarter
half | halfjaar | half-year
year | jaar | year
vague | ruim omschreven | vague
recurring | terugkerend | recurring
conditional | voorwaardelijk | conditional
none | zonder datum | no date
""",
)
_list(
    "partner-kind",
    "Soort organisatie",
    "Kind of organisation",
    """
ministry | ministerie | ministry
inspectorate | inspectie | inspectorate
advisory_council | adviesorgaan | advisory council
employers_organisation | werkgeversorganisatie | employers' organisation
workers_organisation | werknemersorganisatie | workers' organisation
sector_association | brancheorganisatie | sector association
professional_association | beroepsvereniging | professional association
knowledge_institute | kennisinstituut | knowledge institute
care_provider | zorgaanbieder | care provider
foundation | stichting | foundation
international_body | internationale organisatie | international body
parliament | parlement | parliament
other | anders | other
""",
    extensible=True,
)
_list(
    "identifier-scheme",
    "Soort kenmerk",
    "Identifier scheme",
    """
tooi | TOOI | TOOI
oin | OIN | OIN
kvk | KvK-nummer | Chamber of Commerce number
rsin | RSIN | RSIN
other | anders | other
""",
    extensible=True,
)
_list(
    "membership-body",
    "Waarin",
    "Body",
    """
collaboration | samenwerking | collaboration
core_group | kerngroep | core group
sounding_board | klankbordgroep | sounding board
""",
)
_list(
    "membership-status",
    "Deelname",
    "Participation in the collaboration",
    """
lead | trekker | lead
member | neemt deel | takes part
invited | samenwerking gezocht | collaboration sought
mentioned | alleen genoemd | only mentioned
""",
)
_list(
    "document-kind",
    "Soort document",
    "Kind of document",
    """
letter | Kamerbrief | letter to the House
motion | motie | motion
debate_report | verslag van een overleg | report of a debate
report | rapport | report
survey | enquête | survey
article | artikel | article
statistics | statistiek | statistics
agreement | akkoord of verdrag | agreement or treaty
manifesto | manifest | manifesto
white_paper | whitepaper | white paper
web_page | webpagina | web page
other | anders | other
""",
    extensible=True,
)
_list(
    "document-relation",
    "Verband tussen documenten",
    "Relation between documents",
    """
encloses | heeft als bijlage | encloses
cites | verwijst in voetnoot naar | cites in a footnote
follows | volgt op | follows
""",
)
_list(
    "event-kind",
    "Soort gebeurtenis",
    "Kind of event",
    """
debate | Algemeen Overleg | committee debate
launch | lancering | launch
letter | Kamerbrief | letter to the House
campaign | campagne | campaign
webinar | webinar | webinar
conference | conferentie | conference
other | anders | other
""",
    extensible=True,
)
_list(
    "theme-phase",
    "Fase",
    "Phase",
    """
current | nu | current
later | in een later stadium | at a later stage
""",
)
_list(
    "designation",
    "Aangewezen als",
    "Designated as",
    """
risk_sector | risicosector | risk sector
faster_increase | sterkere toename | faster increase
research_focus | ingezoomd in het onderzoek | focus of the research
risk_group | risicogroep genoemd | called a risk group
named_by_partners | genoemd door sociale partners | named by social partners
""",
)
_list(
    "group-kind",
    "Soort groep",
    "Kind of group",
    """
risk | risicogroep | risk group
target | doelgroep | target group
population | onderzochte groep | population
""",
)
_list(
    "cause-domain",
    "Domein",
    "Domain",
    """
work | werk | work
person | persoon | person
private | privé | private life
society | maatschappij | society
""",
)
_list(
    "stance",
    "Standpunt",
    "Stance",
    """
names | noemt als oorzaak | names as a cause
to_be_studied | nog te onderzoeken | to be studied
denies | geen verklaring op zichzelf | no explanation by itself
""",
)
_list(
    "prompting",
    "Hoe genoemd",
    "How named",
    """
spontaneous | spontaan genoemd | named spontaneously
prompted | na doorvragen | after prompting
""",
)
_list(
    "certainty",
    "Stelligheid",
    "Certainty",
    """
hedged | met voorbehoud | hedged
firm | stellig | firm
""",
)
_list(
    "initiative-kind",
    "Soort initiatief",
    "Kind of initiative",
    """
collaboration | samenwerking | collaboration
research | onderzoek | research
manifesto | manifest | manifesto
campaign | campagne | campaign
programme | programma | programme
agreement | akkoord | agreement
movement | beweging | movement
think_tank | denktank | think tank
white_paper | whitepaper | white paper
trajectory | traject | trajectory
platform | platform | platform
guidance | handreiking | guidance
treaty | verdrag | treaty
pilot | pilot | pilot
supervision | toezichtprogramma | supervision programme
webinar | webinar | webinar
inspection | inspecties en gesprekken | inspections and talks
survey | enquête of nulmeting | survey or baseline
cohort_study | cohortonderzoek | cohort study
activity | activiteit | activity
""",
    extensible=True,
)
_list(
    "initiative-status",
    "Status van een initiatief",
    "Status of an initiative",
    """
idea | idee | idea
proposed | voorgesteld | proposed
in_preparation | in voorbereiding | in preparation
running | lopend | running
paused | stilgelegd | suspended
completed | afgerond | completed
stopped | beëindigd | stopped
merged | opgegaan in een ander | merged into another
issued | verschenen | issued
in_force | van kracht | in force
""",
)
_list(
    "relation",
    "Verhouding tot de samenwerking",
    "Relation to the collaboration",
    """
part_of | onderdeel ervan | part of it
shared_in | ingebracht in de samenwerking | shared in it
beside | naast de samenwerking | beside it
""",
)
_list(
    "approach-timing",
    "Aanpak vooraf of achteraf",
    "Preventive or curative",
    """
preventive | preventief | preventive
curative | curatief | curative
both | preventief en curatief | preventive and curative
""",
)
_list(
    "approach-level",
    "Aanpak gericht op",
    "Level of the approach",
    """
organisation | organisatie | organisation
individual | individu | individual
both | organisatie en individu | organisation and individual
""",
)
_list(
    "effectiveness",
    "Effectiviteit (RIVM)",
    "Effectiveness (RIVM)",
    """
not_assessed | niet beoordeeld | not assessed
well_described | goed beschreven | well described
well_substantiated | goed onderbouwd | well substantiated
first_indications | eerste aanwijzingen effectief | first indications of effect
good_indications | goede aanwijzingen effectief | good indications of effect
strong_indications | sterke aanwijzingen effectief | strong indications of effect
""",
)
_list(
    "participation-role",
    "Rol in een initiatief",
    "Role in an initiative",
    """
initiator | initiatiefnemer | initiator
lead | trekker | lead
coordinator | coördinator | coordinator
executor | uitvoerder | executor
commissioner | opdrachtgever | commissioner
funder | financier | funder
founder | oprichter | founder
supervisor | toezichthouder | supervisor
participant | deelnemer | participant
launcher | gelanceerd door | launched by
author | opsteller | author
party | partij bij het akkoord | party to the agreement
discussion_partner | gesprekspartner | discussion partner
""",
)
_list(
    "money-term",
    "Structureel of eenmalig",
    "Structural or once",
    """
structural | structureel | structural
once | eenmalig | once
""",
)
_list(
    "strength",
    "Soort en hardheid",
    "Kind and strength",
    """
promise | toezegging | promise
motion | motie | motion
announcement | aankondiging | announcement
intention | voornemen | intention
aim | streven | aim
expectation | verwachting | expectation
agreement | afspraak | agreement within the collaboration
""",
)
_list(
    "commitment-status",
    "Stand",
    "Status",
    """
open | openstaand | open
running | lopend | running
ongoing | doorlopend | ongoing
partly_met | deels voldaan | partly met
met | voldaan | met
lapsed | vervallen | lapsed
untraceable | geen terugkoppeling gevonden | no report back found
""",
)
_list(
    "outcome",
    "Uitkomst",
    "Outcome",
    """
as_promised | zoals toegezegd | as promised
changed | in gewijzigde vorm | changed
late | na de termijn | after the term
partly | gedeeltelijk | partly
withdrawn | ingetrokken | withdrawn
overtaken | achterhaald | overtaken
unknown | onbekend | unknown
""",
)
_list(
    "ministry-judgement",
    "Volgens het ministerie",
    "According to the ministry",
    """
met | voldaan | met
partly_met | deels voldaan | partly met
open | openstaand | open
""",
)
_list(
    "chamber-judgement",
    "Volgens de Kamer",
    "According to the House",
    """
accepted | aanvaard | accepted
not_accepted | niet aanvaard | not accepted
""",
)
_list(
    "commitment-link",
    "Verband met een andere",
    "Relation to another",
    """
repeats | herhaalt | repeats
changes | wijzigt | changes
supplements | vult aan | supplements
""",
)
_list(
    "milestone-state",
    "Stand van een mijlpaal",
    "State of a milestone",
    """
not_started | nog niet gestart | not started
on_track | op schema | on track
at_risk | risico op vertraging | at risk
done | gereed | done
dropped | vervallen | dropped
""",
)
_list(
    "trend",
    "Ontwikkeling",
    "Trend",
    """
up | stijgend | rising
down | dalend | falling
stable | gelijk | stable
unknown | onzeker | uncertain
""",
)
