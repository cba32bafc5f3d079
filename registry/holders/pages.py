"""What the screen of holders shows."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from ..themes.schemas import CAUSE, VIEW
from ..vocabulary import label
from ..web import View, cells, lang, say, t
from ..web.links import of_record, of_reference
from ..words import Words
from .queries import DENIES, NAMES, Compared, Holder, Item, Said, Whole, compared, key_of

TITLE = Words("Wie vindt wat", "Whose view is it")
RELATIONS = {"agrees": "success", "differs": "warning", "opposes": "danger"}


def page(found: Whole, chosen: str) -> View:
    """The whole screen; `chosen` is the key of one holder, or empty."""
    beside = [holder for holder in found.holders if chosen in ("", holder.key)]
    twice = [_letters(*pair) for pair in found.speaking_twice() if pair[0] in beside]
    return {
        "title": say(TITLE),
        "intro": t(
            "Oorzaken en standpunten naast elkaar, per houder. Wie in de brieven alleen met "
            "woorden is aangeduid, staat hier met die woorden: niemand is herleid tot een ander.",
            "Causes and views side by side, per holder. Who is named in the letters by words "
            "only, stands here with those words: nobody is resolved to somebody else.",
        ),
        "breadcrumb": [
            {"label": say(VIEW.plural), "url": url_for("views.index")},
            {"label": say(TITLE), "url": None},
        ],
        "groups": [*twice, _causes(found, beside, chosen), _shared(found), *_views(found, beside)],
    }


def _group(id_: str, title: str, intro: str, columns: list[str], rows: Iterable[Any]) -> View:
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": [{"cells": row} for row in rows],
        "empty": t("Niets.", "Nothing."),
    }
    return {"id": id_, "title": title, "intro": intro, "table": table, "form": None}


def name(holder: Holder) -> str:
    """How a holder is called."""
    if holder.pointer is None:
        return holder.words or ""
    found = dict(holder.pointer)
    english = found.get("nameEn") or found.get("titleEn")
    called = found.get("abbreviation") or found.get("name") or found.get("title") or ""
    return str(english if lang() == "en" and english else called)


def _who(holder: Holder) -> cells.Cell:
    if holder.pointer is None:
        return cells.text(name(holder))
    url = of_reference(holder.pointer["reference"])
    return {"type": "link", "url": url, "label": name(holder)}


def number(document: Item | None) -> str:
    """“nr. 405”."""
    if not document:
        return ""
    return str(document.get("identification") or document["title"]).rpartition(", ")[2]


def _cause(cause: Item) -> cells.Cell:
    title = CAUSE.title(dict(cause), lang())
    return {"type": "link", "url": of_record(CAUSE, cause["reference"]), "label": title}


def _view(view: Item) -> cells.Cell:
    title = VIEW.title(dict(view), lang())
    return {"type": "link", "url": of_record(VIEW, view["reference"]), "label": title}


def manner(said: Said) -> str:
    """“noemt als oorzaak, met voorbehoud”."""
    parts = [("stance", "stance"), ("certainty", "certainty"), ("prompting", "prompting")]
    return ", ".join(say(label(of, said.row[key])) for key, of in parts if said.row.get(key))


# --- one letter beside the other ----------------------------------------------------------


def _letters(holder: Holder, documents: list[Item]) -> View:
    rows = compared(holder, documents)
    who = name(holder)
    title = t(f"{who}: de ene brief naast de andere", f"{who}: one letter beside the other")
    columns = [
        t("Waarover", "About"),
        *(number(document).capitalize() for document in documents),
        t("Als oorzaak genoemd", "Named as a cause"),
    ]
    told = [_row(one, documents) for one in rows]
    told += [_stand(view, documents) for view in holder.views]
    intro = _summary(rows, documents) if rows else ""
    return _group(f"brieven-{holder.key.lower()}", title, intro, columns, told)


def _row(one: Compared, documents: list[Item]) -> list[cells.Cell]:
    said = [
        cells.many([cells.text(manner(s)) for s in one.by_document[document["reference"]]])
        for document in documents
    ]
    return [_cause(one.cause), *(made or cells.text("") for made in said), _where(one, documents)]


def _where(one: Compared, documents: list[Item]) -> cells.Cell:
    """In which of the letters it is named as a cause."""
    named = one.named_in
    if not named:
        return cells.text(t("niet", "not"))
    if len(named) == len(documents):
        return _badge(t("in elke brief", "in each letter"), "success")
    shown = ", ".join(number(d) for d in documents if d["reference"] in named)
    return _badge(t(f"alleen in {shown}", f"only in {shown}"), "info")


def _summary(rows: list[Compared], documents: list[Item]) -> str:
    """“3 in beide brieven, 3 alleen in nr. 370, 3 alleen in nr. 405.”"""
    shared = sum(len(one.named_in) == len(documents) for one in rows)
    told = [t(f"{shared} genoemd in elke brief", f"{shared} named in each letter")]
    for document in documents:
        count = sum(one.named_in == [document["reference"]] for one in rows)
        where = number(document)
        told.append(t(f"{count} alleen in {where}", f"{count} only in {where}"))
    return ", ".join(told) + "."


def _stand(view: Item, documents: list[Item]) -> list[cells.Cell]:
    own = view.get("document") or {}
    said = cells.text(view.get("responsible") or t("zegt dit", "says so"))
    return [
        _view(view),
        *(said if d["reference"] == own.get("reference") else cells.text("") for d in documents),
        cells.text(""),
    ]


def _badge(text: str, tone: str) -> cells.Cell:
    return {"type": "badge", "label": text, "tone": tone}


# --- causes side by side ------------------------------------------------------------------


def _causes(found: Whole, beside: list[Holder], chosen: str) -> View:
    speaking = [holder for holder in beside if holder.said]
    columns = [say(CAUSE.words), *(name(holder) for holder in speaking)]
    rows = []
    for cause in found.causes:
        row = [_beside(holder, cause) for holder in speaking]
        if any(row):
            rows.append([_cause(cause), *(made or cells.text("") for made in row)])
    title = t("Oorzaken naast elkaar", "Causes side by side")
    intro = t(
        "Wie wat zegt, hoe stellig, spontaan of na doorvragen, en in welke brief.",
        "Who says what, how firmly, spontaneously or after prompting, and in which letter.",
    )
    options = [{"value": h.key, "label": name(h)} for h in found.holders]
    asked = {"label": t("Houder", "Holder"), "name": "holder", "options": options}
    group = _group("oorzaken", title, intro, columns, rows)
    return {**group, "filter": {**asked, "chosen": chosen}}


def _beside(holder: Holder, cause: Item) -> cells.Cell | None:
    told = [s for s in holder.said if s.cause is cause]
    return cells.many([cells.text(_said(s)) for s in told])


def _said(said: Said) -> str:
    """As short as a narrow cell asks: “stellig (nr. 405)”."""
    told = manner(said)
    if said.names:
        plain = say(label("stance", NAMES))
        told = told.removeprefix(plain).lstrip(", ") or t("noemt", "names")
    where = number(said.row.get("document")).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{told} ({where})" if where else told


# --- agreeing and disagreeing -------------------------------------------------------------


def _shared(found: Whole) -> View:
    """The causes of which more than one speaks, and whether they say the same."""
    known = {holder.key: holder for holder in found.holders}
    rows = []
    for cause, told in found.shared():
        who = cells.many([_who(known[key]) for key in told]) or cells.text("")
        notes = [_with_note(name(known[key]), said) for key, said in told.items()]
        rows.append([_cause(cause), who, cells.many([*notes]) or cells.text(""), _agree(told)])
    title = t("Oorzaken die meer dan één noemt", "Causes that more than one names")
    intro = t(
        "Of zij hetzelfde zeggen volgt uit wat zij ervan vinden, niet uit hoe zij het bedoelen: "
        "lees wat erbij staat.",
        "Whether they say the same follows from their stance, not from what they mean by it: read "
        "what stands beside it.",
    )
    columns = [say(CAUSE.words), t("Wie", "Who"), t("Hoe", "How"), t("Eens of oneens", "Agreement")]
    return _group("eens", title, intro, columns, rows)


def _with_note(who: str, told: list[Said]) -> cells.Cell:
    notes = [s.row["note"] for s in told if s.row.get("note")]
    return cells.text(f"{who}: {' '.join(notes) or manner(told[0])}")


def _agree(told: dict[str, list[Said]]) -> cells.Cell:
    stances = {said.row["stance"] for rows in told.values() for said in rows}
    if {NAMES, DENIES} <= stances:
        return _badge(t("oneens", "disagree"), "danger")
    same = stances == {NAMES}
    return (
        _badge(t("noemen het allen", "all name it"), "success")
        if same
        else cells.text(t("verschilt", "differs"))
    )


# --- views --------------------------------------------------------------------------------


def _views(found: Whole, beside: list[Holder]) -> list[View]:
    """What should be done according to whom; and the views that were laid beside each other."""
    rows = [_held(holder, view) for holder in beside for view in holder.views]
    columns = [t("Wie", "Who"), say(VIEW.words), t("Wie aan zet is", "Who is responsible"), "Brief"]
    columns[-1] = t("Brief", "Letter")
    title = t("Wat er zou moeten gebeuren, per houder", "What should be done, per holder")
    held = _group("standpunten", title, "", columns, rows)
    kept = {view["reference"] for holder in beside for view in holder.views}
    return [held, _comparisons(found, kept)]


def _held(holder: Holder, view: Item) -> list[cells.Cell]:
    by = cells.text(view.get("responsible") or "")
    return [_who(holder), _view(view), by, cells.text(number(view.get("document")))]


def _comparisons(found: Whole, kept: set[str]) -> View:
    by_reference = {view["reference"]: view for view in found.views}
    rows = []
    for view in found.views:
        for row in view["comparisons"]:
            other = by_reference.get(row["view"]["reference"])
            if other and kept & {view["reference"], other["reference"]}:
                rows.append(_pair(view, row, other))
    title = t("Standpunten naast elkaar gelegd", "Views laid beside each other")
    intro = t(
        "De brieven leggen standpunten niet naast elkaar: wie dat deed en waarom, staat erbij.",
        "The letters do not lay views beside each other: the reason for it is given.",
    )
    one, two = t("De een", "The one"), t("De ander", "The other")
    columns = [one, t("Verhouding", "Relation"), two, t("Waarom", "Why")]
    return _group("verhouding", title, intro, columns, rows)


def _pair(view: Item, row: Item, other: Item) -> list[cells.Cell]:
    how = _badge(say(label("view-relation", row["how"])), RELATIONS[row["how"]])
    basis = say(label("basis", row["basis"]))
    why = f"{row['why']} ({basis})" if row.get("why") else basis
    return [_with_holders(view), how, _with_holders(other), cells.text(why)]


def _with_holders(view: Item) -> cells.Cell:
    who = ", ".join(_called(row) for row in view["holders"])
    where = number(view.get("document"))
    told = cells.text(f"{who} ({where})" if where else who)
    return cells.many([told, _view(view)]) or told


def _called(row: Item) -> str:
    pointer = row.get("partner") or row.get("office")
    return str(row.get("words") or name(Holder(key_of(row), pointer, None)))
