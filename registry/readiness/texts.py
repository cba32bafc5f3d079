"""The sentences of readiness: one for every reason."""

from ..words import Words
from .judging import Item, Reason

SENTENCES = {
    "no_milestones": Words("Het plan heeft nog geen mijlpalen.", "The plan has no milestones yet."),
    "passed": Words(
        "De termijn van “{of}” is voorbij en de mijlpaal is niet gereed.",
        "The term of “{of}” has passed and the milestone is not done.",
    ),
    "late": Words("“{of}” is gemeld als vertraagd.", "“{of}” was reported behind schedule."),
    "at_risk": Words(
        "Bij “{of}” is een risico op vertraging gemeld.", "“{of}” was reported to be at risk."
    ),
    "no_owner": Words("“{of}” heeft geen trekker.", "“{of}” has no owner."),
    "undated": Words("“{of}” heeft geen termijn.", "“{of}” has no term."),
    "conditional": Words("“{of}” wacht op een voorwaarde.", "“{of}” waits on a condition."),
    "waits": Words(
        "“{of}” wacht op “{other}”, en die mijlpaal is niet gereed.",
        "“{of}” waits for “{other}”, and that milestone is not done.",
    ),
    "no_evidence": Words(
        "Van “{of}” ontbreekt de onderbouwing dat de mijlpaal is gehaald.",
        "Evidence that “{of}” was reached is lacking.",
    ),
    "no_measures": Words(
        "Voor het thema “{of}” zijn er geen maatregelen.",
        "There are no measures for the theme “{of}”.",
    ),
}


def sentence(reason: Reason) -> Words:
    """What a reason says, in both languages."""
    words = SENTENCES[reason.code]
    return Words(*(words.in_(lang).format(**_names(reason, lang)) for lang in ("nl", "en")))


def _names(reason: Reason, lang: str) -> dict[str, str]:
    found = {"of": reason.of, "other": reason.other}
    return {name: _name(item, lang) for name, item in found.items() if item is not None}


def _name(item: Item, lang: str) -> str:
    own = "title" if "title" in item else "name"
    english = item.get(f"{own}En") if lang == "en" else None
    return str(english or item[own])
