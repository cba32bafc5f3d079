"""The steps of a chain in the order of time, each with the words of the letters that say it.

Nothing here says whether somebody was late: that is a person's judgement.
"""

from collections.abc import Callable, Iterator
from typing import Any

from ..due.schemas import MOVED
from ..initiatives.schemas import INITIATIVE
from . import queries

Item = dict[str, Any]
STAGES = ("preceded_by", "made_in", "said", "carried_out", "result", "moved", "settled_by",
          "followed_by")  # fmt: skip
"""The steps in the order of the story, for what has no date of its own."""
SAID = ("text", "strength", "due")
QUOTED = ("quote", "section", "lines", "basis", "why", "document")


def of_commitment(reference: str) -> Item:
    """The chain of one commitment. Raises NotFound."""
    item = queries.commitment(reference)
    near = queries.linked(item)
    places = [item["madeAt"], *(other["madeAt"] for other in near)]
    papers = queries.documents(
        [p["document"]["reference"] for p in places if p["document"]]
        + [row["document"]["reference"] for row in item["discharges"]]
    )
    happened = queries.events(p["event"]["reference"] for p in places if p["event"])
    work = _work(item)
    made = _made(item, papers, happened)
    steps = [*_linked(item, near, papers, happened), *made, _said(item, made), *work]
    steps += [*_moved(item), *_settled(item, papers)]
    return {"commitment": _pointer(item), **_judged(item), "steps": in_time(steps)}


def of_document(reference: str) -> Item:
    """What a document settled, promised and reported. Raises NotFound."""
    paper = queries.document(reference)
    settles = [_hub(item, reference) for item in queries.settled_by(reference)]
    promises = [
        {**_pointer(item), "passages": passages(item, lambda path: path in SAID)}
        for item in queries.made_in(reference)
    ]
    reports = [
        {**_named(item), "passages": passages(item, lambda _: True, of=reference)[:1]}
        for found in queries.reported_in(reference).values()
        for item in found
    ]
    return {"document": paper, "settles": settles, "promises": promises, "reports": reports}


def in_time(steps: list[Item]) -> list[Item]:
    """The steps by their day. What has none stands where the story has it, and what follows at
    the end, whenever it was said."""
    ordered = sorted(steps, key=lambda step: STAGES.index(step["step"]))
    day, keyed = "", []
    for at, step in enumerate(ordered):
        own = (step["when"] or {}).get("earliest") or (step["when"] or {}).get("latest")
        day = own or day
        keyed.append((day, at, step))
    last = STAGES[-1]
    return [step for _, _, step in sorted(keyed, key=lambda one: (one[2]["step"] == last, one[:2]))]


def passages(item: Item, wanted: Callable[[str], bool], *, of: str | None = None) -> list[Item]:
    """The words that say what is `wanted` of a record, each once; `of`: of this document."""
    found: dict[str, Item] = {}
    for citation in item["sources"]:
        paper = (citation["document"] or {}).get("reference")
        if citation["quote"] and wanted(citation["field"]) and of in (None, paper):
            told = {name: citation.get(name) for name in QUOTED}
            found.setdefault(citation["quote"], told)
    return list(found.values())


def _step(step: str, when: Any, record: Any, **more: Any) -> Item:
    base = {"text": None, "note": None, "relation": None, "ministry": None, "chamber": None}
    return {"step": step, "when": when, "record": record, **base, "passages": [], **more}


def _made(item: Item, papers: dict[str, Item], happened: dict[str, Item]) -> list[Item]:
    """Where it began: the debate, motion or letter."""
    place = item["madeAt"]
    record = place["event"] or place["document"]
    if record is None:
        return []
    also = place["document"] if place["event"] else None
    note = also["identification"] if also else None
    found = passages(item, lambda path: path.startswith("madeAt"))
    return [_step("made_in", _when(place, papers, happened), record, note=note, passages=found)]


def _when(place: Item, papers: dict[str, Item], happened: dict[str, Item]) -> Any:
    if place["event"]:
        return (happened.get(place["event"]["reference"]) or {}).get("when")
    paper = papers.get((place["document"] or {}).get("reference", ""))
    return _day((paper or {}).get("officialDate"))


def _day(day: str | None) -> Item | None:
    if day is None:
        return None
    return {"text": None, "earliest": day, "latest": day, "kind": "day", "anchor": None}


def _said(item: Item, made: list[Item]) -> Item:
    found = passages(item, lambda path: path in SAID)
    when = made[0]["when"] if made else None
    return _step("said", when, _pointer(item), due=item["due"], passages=found)


def _work(item: Item) -> Iterator[Item]:
    """The research or other work that it is about, and what came of that."""
    if item["initiative"] is None:
        return
    reference = item["initiative"]["reference"]
    found = queries.named(INITIATIVE, queries.OF_INITIATIVE, [reference])
    for work in found.values():
        record = _named(work)
        yield _step("carried_out", None, record)
        for row in work["results"]:
            said = passages(work, _within(f"results[{row['key']}]"))
            yield _step("result", row["when"], record, text=row["title"], passages=said)


def _within(row: str) -> Callable[[str], bool]:
    """Whether a path lies in this row of a list."""
    return lambda path: path.startswith(row)


def _moved(item: Item) -> Iterator[Item]:
    for row in item["moves"]:
        if row["change"] == MOVED:
            said = passages(item, _within(f"moves[{row['key']}]"))
            more = {"from": row["from"], "to": row["to"], "by": row["by"]}
            yield _step(
                "moved", _day(row["when"]), row["document"], note=row["why"], **more, passages=said
            )


def _settled(item: Item, papers: dict[str, Item]) -> Iterator[Item]:
    for row in item["discharges"]:
        reference = row["document"]["reference"]
        official = (papers.get(reference) or {}).get("officialDate")
        yield _step(
            "settled_by",
            row["when"] or _day(official),
            row["document"],
            note=row["note"],
            ministry=row["ministry"],
            chamber=row["chamber"],
            official=official,
            passages=_of_discharge(item, row["key"]),
        )


def _of_discharge(item: Item, key: str) -> list[Item]:
    return passages(item, lambda path: path.startswith(f"discharges[{key}].ministry"))


def _linked(
    item: Item, near: list[Item], papers: dict[str, Item], happened: dict[str, Item]
) -> Iterator[Item]:
    """What it goes back to, and what goes back to it."""
    own = {row["commitment"]["reference"]: row for row in item["links"]}
    for other in near:
        row = own.get(other["reference"])
        stage = "preceded_by" if row else "followed_by"
        theirs = (r for r in other["links"] if r["commitment"]["reference"] == item["reference"])
        row = row or next(theirs, Item())
        yield _step(
            stage,
            _when(other["madeAt"], papers, happened),
            _pointer(other),
            note=row.get("note"),
            relation=row.get("relation"),
            passages=passages(other, lambda path: path == "text")[:1],
        )


def _hub(item: Item, reference: str) -> Item:
    """A commitment beside the letter that settles it."""
    rows = [r for r in item["discharges"] if r["document"]["reference"] == reference]
    row = rows[0]
    told = {name: row[name] for name in ("when", "ministry", "chamber", "note")}
    return {**_pointer(item), **told, "passages": _of_discharge(item, row["key"])}


def _judged(item: Item) -> Item:
    """The last judgement of each of the two tracks; null: none has been registered."""
    rows = item["discharges"]
    return {
        name: next((row[name] for row in reversed(rows) if row[name]), None)
        for name in ("ministry", "chamber")
    }


def _pointer(item: Item) -> Item:
    return {name: item[name] for name in ("reference", "text", "textEn", "strength")}


def _named(item: Item) -> Item:
    own = ("reference", "title", "titleEn", "name", "nameEn", "statement", "statementEn")
    return {name: item[name] for name in own if name in item}
