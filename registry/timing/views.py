"""What a page tells of a term that is over: by the one rule of `termState`, as hard as it was said,
and to whom that rule is told."""

from datetime import date

from flask_babel import format_date

from .. import policydate, vocabulary
from ..commitments.queries import AGREEMENT
from ..commitments.schemas import COMMITMENT
from ..initiatives.schemas import INITIATIVE
from ..plan.schemas import MILESTONE
from ..web import Item, View, lang, notice, panel, say, t
from ..web.links import of_record
from . import queries
from .schemas import STATE_FIELD


def of_commitment(item: Item) -> list[View]:
    """That the term is over while nobody settled it; an aim is never called broken."""
    state = item.get(STATE_FIELD)
    if state == "not_reached":
        return [{"tone": "info", "text": _hoped_for(item)}]
    if state != "passed":
        return []
    if item["strength"] == AGREEMENT:  # the ministry judges only what was said to the House
        left = t("Nog niet voldaan.", "Not met yet.")
    else:
        left = t(
            "Nog niet afgedaan volgens het ministerie.",
            "Not settled yet according to the ministry.",
        )
    return [_ended(item, left)]


def of_milestone(item: Item) -> list[View]:
    """That the term is over while the milestone is not done."""
    if item.get(STATE_FIELD) != "passed":
        return []
    return [_ended(item, t("Nog niet gereed.", "Not done yet."))]


def to_review(item: Item) -> list[View]:
    """That the day has come to look again at what waits."""
    if item.get("reviewState") != "due":
        return []
    status = item.get("status")
    row: Item = next((r for r in reversed(item.get("statuses") or []) if r["status"] == status), {})
    chosen = item if "reviewOn" in item else row
    day = format_date(date.fromisoformat(chosen["reviewOn"]), "long")
    by = t(f" door {chosen['reviewBy']}", f" by {chosen['reviewBy']}") if chosen["reviewBy"] else ""
    text = t(
        f"Opnieuw bekijken{by}: de afgesproken dag was {day}.",
        f"To be looked at again{by}: the day agreed was {day}.",
    )
    return [{"tone": "warning", "text": text}]


def _ended(item: Item, left: str) -> View:
    day = format_date(date.fromisoformat(item["due"]["latest"]), "long")
    said = t(f"Termijn verstreken op {day}.", f"The term ended on {day}.")
    return {"tone": "warning", "text": f"{said} {left}"}


def _hoped_for(item: Item) -> str:
    kind = say(vocabulary.label("strength", item["strength"])).capitalize()
    words = item["due"]["text"]
    named = f"{kind}: {words}." if words else f"{kind}."
    over = t(
        "De genoemde periode is voorbij; er is nog niet vastgelegd dat het is gehaald.",
        "The period named is over; that it was reached has not been registered yet.",
    )
    return f"{named} {over}"


class Occurrences:
    """The box on the page of what recurs every year: when it is expected, and the editions."""

    on = INITIATIVE

    def view(self, record_id: int, reference: str) -> View | None:
        """By one query; nothing for what does not recur every year."""
        found = queries.expected(reference)
        if not found:
            return None
        rows = [
            {
                "url": f"{of_record(INITIATIVE, reference)}#editions",
                "title": str(policydate.describe(queries.value_of(row["window"]), lang())),
                "meta": _occurrence(row),
                "badges": [],
            }
            for row in reversed(found)
        ]
        title = t("Verwacht en gehouden", "Expected and held")
        return {"title": title, "count": None, "all_url": None, "rows": rows, "empty": None}


def _occurrence(row: Item) -> str:
    """How one occurrence stands. That none is registered does not say that there was none."""
    if row["edition"]:
        return t("editie: ", "edition: ") + str(row["edition"]["title"])
    told = {
        "expected": t("verwacht", "expected"),
        "open": t("verwacht, nog geen editie vastgelegd", "expected, none registered yet"),
        "unregistered": t("geen editie vastgelegd", "no edition registered"),
    }
    return told[row["state"]]


panel(Occurrences())
notice(COMMITMENT, of_commitment)
notice(MILESTONE, of_milestone)
for _kind in (COMMITMENT, MILESTONE, INITIATIVE):
    notice(_kind, to_review)
