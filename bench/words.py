"""What the generated records say: as long as in the letters, and with words that are rare."""

from typing import Any

RARE = "zeldzaam"
SELDOM = 500
"""One in so many holds the rare word."""
COMMON = "werkdruk"
HERE = "~"
SUMMARY = (
    "Een leernetwerk waarin werkgevers, werknemers en deskundigen ervaringen uitwisselen over "
    "werkdruk en over wat helpt om uitval door burn-outklachten te voorkomen."
)
GOAL = (
    "Werkgevers en werknemers herkennen signalen van overbelasting eerder, voeren er het gesprek "
    "over en nemen samen maatregelen die bij hun werk passen, zodat minder mensen uitvallen en "
    "wie is uitgevallen duurzaam terugkeert."
)
NAMES = {"theme": "Thema", "sector": "Sector", "partner": "Organisatie", "document": "Kamerbrief"}


def name(kind: str, number: int) -> str:
    """The name of what initiatives point at."""
    return f"{NAMES[kind]} {number}"


def quote(number: int) -> str:
    """The words of a passage."""
    return f"Passage {number}: het kabinet hecht aan een brede maatschappelijke samenwerking."


def created() -> list[dict[str, Any]]:
    """What the book says of a new initiative with its lists."""
    facts = {
        "effectiveness": "not_assessed",
        "goal": GOAL,
        "kind": "programme",
        "period": {"text": "2020", "kind": "year"},
        "summary": SUMMARY,
        "title": HERE,
        "workflow": "draft",
    }
    for at in range(4):
        facts |= {f"participations[k{at}].partner": f"ORG-00{at + 31}"}
        facts |= {f"participations[k{at}].role": "participant"}
    for at in range(2):
        facts |= {f"themes[k{at}].theme": f"THE-000{at + 1}", f"themes[k{at}].basis": "classified"}
        facts |= {f"sectors[k{at}].sector": f"SEC-001{at}", f"sectors[k{at}].basis": "classified"}
        facts |= {f"statuses[k{at}].status": "running"}
    return [{"path": path, "old": None, "new": new} for path, new in sorted(facts.items())]


def published() -> list[dict[str, Any]]:
    """What the book says of its publication."""
    return [{"path": "workflow", "old": "draft", "new": "published"}]
