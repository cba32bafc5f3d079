"""The screens of the reading conventions: how vague words and recesses are read."""

from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from sqlalchemy import select

from .. import vocabulary
from ..access import Permission, require
from ..db import session
from ..errors import Conflict, Invalid, NotFound
from ..forms import DictionaryForm
from ..policydate.notices import day_words
from ..vocabulary import ReadingConvention
from ..web import actor, lang, say, t
from ..words import Words
from . import commands
from .pages import Page, form_page, link, page_of, refuse, table_of, text
from .schemas import LEAP, WINDOWS, RecessSchema, WindowSchema

NO_RECESS = Words(
    "Nog geen reces ingevuld: “voor het zomerreces” wordt voorzichtig gelezen.",
    "No recess entered yet: “before the summer recess” is read with caution.",
)
Changed = dict[tuple[str, int | None, str | None], ReadingConvention]


def index() -> str:
    """All windows and recesses."""
    require(actor(), Permission.VOCABULARY_EDIT)
    changed = {
        (row.word, row.year, row.chamber): row
        for row in session().scalars(select(ReadingConvention))
    }
    return page_of(
        t("Leesafspraken", "Reading conventions"),
        t(
            "Hoe woorden als “medio” worden gelezen. Wat al is vastgelegd verandert niet mee; wat "
            "hierna wordt ingevuld, wordt zo gelezen. Welke termijnen door een reces anders zouden "
            "worden, staat bij Lezing van termijnen; u bevestigt dat per gegeven.",
            "How words such as “medio” are read. What is registered already does not change; "
            "what is filled in from now on is read this way. Which terms a recess would change is "
            "shown under Reading of terms; you confirm that record by record.",
        ),
        [_windows(changed), _recesses(changed)],
    )


def _windows(changed: Changed) -> Page:
    title = t("Delen van het jaar", "Parts of the year")
    columns = [
        t("Woord", "Word"),
        t("Eerste dag", "First day"),
        t("Laatste dag", "Last day"),
        t("Waarom zo", "Why so"),
    ]
    rows = []
    for word in WINDOWS:
        row = changed.get((word, None, None))
        start, ends = _days(word)
        url = url_for("admin.window", word=word)
        actions = [_drop(row)] if row else []
        first = {"type": "link", "url": url, "label": word}
        cells = [first, text(_day(start)), text(_day(ends)), text(row and row.reason)]
        rows.append({"cells": cells, "actions": actions})
    return table_of("delen", title, columns, rows)


def _recesses(changed: Changed) -> Page:
    title = t("Recessen van de Kamers", "Recesses of both Chambers")
    columns = [
        t("Kamer", "Chamber"),
        t("Reces", "Recess"),
        t("Jaar", "Year"),
        t("Eerste dag", "First day"),
        t("Laatste dag", "Last day"),
        t("Waar dit staat (leesafspraak)", "Where this is stated (reading convention)"),
    ]
    known = sorted((row for row in changed.values() if row.year), key=lambda r: (r.start, r.word))
    rows = [_recess(row) for row in known]
    add = link(t("Reces toevoegen", "Add a recess"), url_for("admin.recess"), "primary")
    return table_of("recessen", title, columns, rows, actions=[add], empty=say(NO_RECESS))


def _recess(row: ReadingConvention) -> Page:
    cells = [
        text(vocabulary.label("chamber", row.chamber or "house").in_(lang())),
        text(vocabulary.label("recess", row.word).in_(lang())),
        text(row.year),
        text(format_date(row.start, "long")),
        text(format_date(row.ends, "long")),
        text(row.reason),
    ]
    return {"cells": cells, "actions": [_drop(row)]}


def _days(word: str) -> tuple[date, date]:
    window = vocabulary.conventions().windows[word]
    (first_month, first), (last_month, last) = window.start, window.end
    return date(LEAP, first_month, first), date(LEAP, last_month, last)


def _day(day: date) -> str:
    return day_words(day).in_(lang()).removesuffix(f" {LEAP}")


def _drop(row: ReadingConvention) -> Page:
    label = t("Verwijderen", "Remove") if row.year else t("Terug naar standaard", "Back to default")
    url = url_for("admin.drop", number=row.id)
    return {"label": label, "url": url, "method": "post", "tone": "danger", "fields": []}


def window(word: str) -> ResponseReturnValue:
    """Change what part of the year a word stands for."""
    require(actor(), Permission.VOCABULARY_EDIT)
    if word not in WINDOWS:
        raise NotFound
    start, ends = _days(word)
    changed = select(ReadingConvention.reason).filter_by(word=word, year=None)
    stored = {"start": _short(start), "ends": _short(ends), "reason": session().scalar(changed)}
    form = DictionaryForm(WindowSchema(), actor(), lang(), stored)
    return _save(form, word, lambda payload: commands.save_window(actor(), word, payload))


def _short(day: date) -> str:
    return f"{day.day}-{day.month}"


def recess() -> ResponseReturnValue:
    """Enter the days of a recess."""
    require(actor(), Permission.VOCABULARY_EDIT)
    form = DictionaryForm(RecessSchema(), actor(), lang())
    title = t("Reces toevoegen", "Add a recess")
    return _save(form, title, lambda payload: commands.save_recess(actor(), payload))


def _save(form: DictionaryForm, title: str, save: Any) -> ResponseReturnValue:
    back, status = url_for("admin.conventions"), 200
    if request.method == "POST":
        form.take(request.form.items(multi=True))
        try:
            save(form.payload())
        except (Invalid, Conflict) as refused:
            status = refuse(form, refused)
        else:
            flash(t("De leesafspraak is bewaard.", "The reading convention has been saved."), "ok")
            return redirect(back)
    return form_page(form, title, back, status=status)


def drop(number: int) -> ResponseReturnValue:
    """Take a convention back."""
    if number >= 2**31:
        raise NotFound
    commands.drop_convention(actor(), number)
    flash(t("De leesafspraak is verwijderd.", "The reading convention has been removed."), "ok")
    return redirect(url_for("admin.conventions"))
