"""The figures as the page shows them: tables of numbers, each a link to the list that it counts."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import vocabulary
from ..access import Permission, acting, can
from ..listing.filters import NONE
from ..plan.schemas import PLAN
from ..rounds import queries as rounds
from ..steering.attention import REASONS, Reason
from ..steering.figures import Figure, Progress
from ..themes.schemas import THEME
from ..web import cells, counted, lang, links, say, t
from ..words import Words

Page = dict[str, Any]
EMPTY = Words("niet ingevuld", "not filled in")
UNCLASSIFIED = Words("Nog niet ingedeeld", "Not classified yet")
TOTAL = Words("Samen", "Together")
PARTS = {
    "commitments": Words("Toezeggingen en voornemens", "Commitments"),
    "agreements": Words("Afspraken binnen de samenwerking", "Agreements within the collaboration"),
    "initiatives": Words("Initiatieven", "Initiatives"),
    "milestones": Words("Mijlpalen", "Milestones"),
}
DAY, DAYS = Words("dag", "day"), Words("dagen", "days")


def number(figure: Figure | None) -> Page | None:
    """A number with the address of the list that it counts."""
    if figure is None:
        return None
    return {"count": figure.count, "url": links.of_list(figure.kind, **figure.asked)}


def terms(of: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """The codes that occur, in the order of their list, each with its words."""
    known = vocabulary.terms(of)
    order = {code: at for at, code in enumerate(known)}
    found = sorted(values, key=lambda code: order.get(code, len(order)))
    return [(c, say(EMPTY if c == NONE else vocabulary.label(of, c))) for c in found]


def plan(found: Progress) -> Page | None:
    """The plan, the words of its term, and how far off that is."""
    item = found.plan
    if item is None:
        return None
    due = item.get("due") or {}
    return {
        "title": PLAN.title(item, lang()),
        "url": links.of_record(PLAN, item["reference"]),
        "period": cells.described(PLAN.dictionary, item, "due"),
        "told": _far(found, due.get("earliest"), due.get("latest")),
    }


def _far(found: Progress, earliest: str | None, latest: str | None) -> str | None:
    """How many days there are to go; that it has passed is for the core group."""
    day = found.scope.day.isoformat()
    if earliest and day < earliest:
        far = _days(found, earliest)
        return t(f"De periode begint over {far}.", f"The period begins in {far}.")
    if latest and day <= latest:
        far = _days(found, latest)
        return t(f"De periode loopt: nog {far}.", f"The period is open: {far} to go.")
    if latest and found.judging:
        far = _days(found, latest)
        return t(f"De genoemde periode is {far} voorbij.", f"The period named ended {far} ago.")
    return None


def _days(found: Progress, other: str) -> str:
    return counted(found.days_to(other), DAY, DAYS)


def tables(found: Progress) -> list[Page]:
    """Every table that has something to count."""
    made = [strengths(found), themes(found)]
    made += [_milestones(found), _actuality(found)] if found.judging else []
    return [_with_chart(found, table) for table in made if table["rows"]]


def _with_chart(found: Progress, table: Page) -> Page:
    section = table.get("drawn")
    if section is None:
        return table
    scope = found.scope
    within: dict[str, Any] = {"organisation": scope.organisation, "theme": scope.theme}
    address = partial(url_for, "dashboard.chart", section=section, asOf=str(scope.day), **within)
    chart = {"wide": address(), "narrow": address(narrow="yes"), "told": _told(table)}
    return {**table, "chart": chart}


def _told(table: Page) -> str:
    """A chart in words: every bar with its parts."""
    bars = []
    for row in table["rows"]:
        pairs = zip(table["columns"], row["numbers"][1:], strict=True)
        parts = ", ".join(f"{label} {n['count']}" for label, n in pairs if n)
        if parts and not row.get("sum"):
            bars.append(f"{row['label']}: {parts}")
    kind = t("Staafdiagram", "Bar chart")
    same = t("De tabel hieronder heeft dezelfde getallen.", "The table below has the same numbers.")
    return f"{kind}. {'; '.join(bars)}. {same}"


def strengths(found: Progress) -> Page:
    """Commitments by strength, and by the state of the term or, in public, the status."""
    state = ("termState", "term-state") if found.judging else ("status", "commitment-status")
    name, of = state
    rows = []
    columns = terms(of, found.values("commitments", name) | found.values("agreements", name))
    for code, label in terms("strength", found.values("commitments", "strength")):
        rows.append(_row(found, "commitments", label, columns, name, strength=code))
    for part, label in (("commitments", say(TOTAL)), ("agreements", say(PARTS["agreements"]))):
        if found.one(part):
            rows.append({**_row(found, part, label, columns, name), "sum": part == "commitments"})
    return {
        "id": "toezeggingen",
        "title": say(PARTS["commitments"]),
        "intro": t(
            "Naar hardheid. Afspraken binnen de samenwerking tellen apart en nooit mee richting "
            "de Kamer.",
            "By strength. Agreements within the collaboration are counted apart, and never "
            "toward the House.",
        ),
        "first": t("Soort en hardheid", "Kind and strength"),
        "columns": [label for _, label in columns],
        "codes": [code for code, _ in columns],
        "rows": rows,
        "drawn": "commitments",
    }


def themes(found: Progress) -> Page:
    """Initiatives by theme and status."""
    columns = terms("initiative-status", found.values("initiatives", "status"))
    named = [(theme["reference"], THEME.title(theme, lang())) for theme in found.themes]
    if found.scope.theme:
        named = [pair for pair in named if pair[0] == found.scope.theme]
    rows = [
        _row(found, "initiatives", label, columns, "status", theme=reference)
        for reference, label in (*named, (NONE, say(UNCLASSIFIED)))
        if reference != NONE or found.one("initiatives", theme=NONE)
    ]
    if found.one("initiatives"):
        total = _row(found, "initiatives", say(TOTAL), columns, "status")
        rows.append({**total, "sum": True})
    return {
        "id": "initiatieven",
        "title": say(PARTS["initiatives"]),
        "intro": t(
            "Naar thema en status. Een initiatief kan bij meer dan één thema horen; samen telt "
            "het één keer.",
            "By theme and status. An initiative can belong to several themes; together it counts "
            "once.",
        ),
        "first": t("Thema", "Theme"),
        "columns": [label for _, label in columns],
        "codes": [code for code, _ in columns],
        "rows": rows if found.one("initiatives") else [],
        "drawn": "initiatives",
    }


def _row(
    found: Progress,
    section: str,
    label: str,
    columns: Sequence[tuple[str, str]],
    name: str,
    **of: str,
) -> Page:
    numbers = [number(found.one(section, **of, **{name: code})) for code, _ in columns]
    return {"label": label, "numbers": [number(found.one(section, **of)), *numbers]}


def _milestones(found: Progress) -> Page:
    columns = terms("term-state", found.values("milestones", "termState"))
    rows = [
        _row(found, "milestones", label, columns, "termState", state=code)
        for code, label in terms("milestone-state", found.values("milestones", "state"))
    ]
    total = {**_row(found, "milestones", say(TOTAL), columns, "termState"), "sum": True}
    return {
        "id": "mijlpalen",
        "title": say(PARTS["milestones"]),
        "intro": t("Naar stand, en waar de termijn staat.", "By state, and where the term stands."),
        "first": t("Stand", "State"),
        "columns": [label for _, label in columns],
        "rows": [*rows, total] if rows else [],
    }


def _actuality(found: Progress) -> Page:
    sections = {name: f"actuality.{name}" for name in PARTS}
    occurring = {value for s in sections.values() for value in found.values(s, "actuality")}
    columns = terms("actuality", occurring)
    rows = [
        {
            "label": say(PARTS[name]),
            "numbers": [number(found.one(section, actuality=code)) for code, _ in columns],
        }
        for name, section in sections.items()
        if found.values(section, "actuality")
    ]
    return {
        "id": "actualiteit",
        "title": t("Actualiteit", "Actuality"),
        "intro": t(
            "Hoe lang geleden is gemeld hoe het staat met wat loopt.",
            "How long ago it was reported how what runs is doing.",
        ),
        "first": t("Wat loopt", "What runs"),
        "columns": [label for _, label in columns],
        "rows": rows,
        "without_total": True,
    }


def attention(found: Progress) -> list[Page]:
    """What asks for attention, each with the way to act."""
    return [
        {"label": say(reason.words), **told, "act": _act(reason, figure)}
        for reason in REASONS
        if (figure := found.one("attention", reason=reason.name)) and (told := number(figure))
    ]


def _act(reason: Reason, figure: Figure) -> Page:
    if reason.act is not None and _may(reason.act[0]):
        endpoint, words = reason.act
        asked: dict[str, Any] = {**figure.asked} if endpoint.startswith("bulk.") else {}
        return {"label": say(words), "url": url_for(endpoint, **asked)}
    url = links.of_list(figure.kind, **figure.asked)
    return {"label": t("Bekijk en werk bij", "See and update"), "url": url}


def _may(endpoint: str) -> bool:
    return links.exists(endpoint) and can(acting(), Permission.RECORD_PUBLISH)


def changes(found: Progress) -> list[Page]:
    """What was changed in the register since a day."""
    figures = [found.one("changes", of=name) for name in PARTS]
    return [
        {"label": say(PARTS[figure.of["of"]]), **told}
        for figure in figures
        if figure is not None and (told := number(figure))
    ]


def response(found: Progress) -> Page | None:
    """How much of the open round was answered."""
    if not found.judging or found.scope.theme or (one := rounds.current(acting())) is None:
        return None
    organisation = found.scope.organisation
    asked, answered = rounds.response(acting(), one, organisation)
    told = (
        (t("gevraagd", "asked"), asked, None),
        (t("ingevuld", "answered"), answered, "yes"),
        (t("nog niet ingevuld", "not answered yet"), asked - answered, "no"),
    )
    return {
        "title": one.title,
        "url": url_for("rounds.show", key=one.key),
        "deadline": format_date(one.deadline, "long"),
        "numbers": [
            {
                "label": label,
                "count": count,
                "url": url_for("dashboard.response", organisation=organisation, answered=which),
            }
            for label, count, which in told
            if count
        ],
    }
