"""The screens of the vocabularies: every list, and the terms that can be added or reworded."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..access import Permission, require
from ..errors import Conflict, Invalid, NotFound
from ..forms import DictionaryForm
from ..vocabulary import LISTS, Term, Vocabulary, terms
from ..web import actor, lang, say, t
from . import commands
from .pages import Page, form_page, link, page_of, refuse, table_of, text
from .schemas import TermSchema


def index() -> str:
    """All lists, those that can be extended first."""
    require(actor(), Permission.VOCABULARY_EDIT)
    free = [entry for entry in LISTS.values() if entry.open]
    fixed = [entry for entry in LISTS.values() if not entry.open]
    columns = [t("Lijst", "List"), t("Naam in de API", "Name in the API"), t("Begrippen", "Terms")]
    groups = [
        table_of("open", t("Uit te breiden", "Can be extended"), columns, _lists(free)),
        table_of(
            "vast",
            t("Vaste lijsten", "Fixed lists"),
            columns,
            _lists(fixed),
            intro=t(
                "Hier rekent het register mee; ze veranderen alleen met een nieuwe versie.",
                "The registry computes with these; they change only with a new version.",
            ),
        ),
    ]
    return page_of(
        t("Begrippenlijsten", "Vocabularies"),
        t(
            "De woorden waaruit in formulieren wordt gekozen.",
            "The words that forms let people choose from.",
        ),
        groups,
    )


def _lists(entries: list[Vocabulary]) -> list[Page]:
    return [
        {
            "cells": [
                {
                    "type": "link",
                    "url": url_for("admin.vocabulary", name=entry.name),
                    "label": say(entry.words),
                },
                text(entry.name),
                {"type": "number", "text": str(len(terms(entry.name)))},
            ]
        }
        for entry in entries
    ]


def show(name: str) -> str:
    """The terms of one list."""
    entry = _one(name)
    columns = [
        t("Nederlands", "Dutch"),
        t("Engels", "English"),
        t("Code", "Code"),
        t("Stand", "State"),
    ]
    rows = [_row(entry, term) for term in terms(name).values()]
    add = link(t("Begrip toevoegen", "Add a term"), url_for("admin.new_term", name=name), "primary")
    title = say(entry.words)
    group = table_of(
        "begrippen", t("Begrippen", "Terms"), columns, rows, actions=[add] if entry.open else []
    )
    return page_of(title, "" if entry.open else say(commands.CLOSED), [group], [_up()])


def _row(entry: Vocabulary, term: Term) -> Page:
    url = url_for("admin.term", name=entry.name, code=term.code)
    first = {"type": "link", "url": url, "label": term.words.nl}
    state = (
        (t("vervallen", "retired"), "neutral")
        if term.retired
        else (t("in gebruik", "in use"), "success")
    )
    return {
        "cells": [
            first if entry.open else text(term.words.nl),
            text(term.words.en),
            text(term.code),
            {"type": "badge", "label": state[0], "tone": state[1]},
        ]
    }


def new(name: str) -> ResponseReturnValue:
    """Add a term."""
    entry = _open(name)
    form = DictionaryForm(TermSchema(), actor(), lang())
    heading = t(f"Begrip toevoegen: {say(entry.words)}", f"Add a term: {say(entry.words)}")
    return _term(form, name, None, heading)


def edit(name: str, code: str) -> ResponseReturnValue:
    """Reword or retire a term."""
    _open(name)
    term = terms(name).get(code)
    if term is None:
        raise NotFound
    stored = {
        "nl": term.words.nl,
        "en": term.words.en,
        "definition": term.definition,
        "retired": term.retired,
    }
    schema = TermSchema(exclude=("code",))
    form = DictionaryForm(schema, actor(), lang(), stored)
    return _term(form, name, code, term.words.in_(lang()))


def _term(form: DictionaryForm, name: str, code: str | None, title: str) -> ResponseReturnValue:
    back, status = url_for("admin.vocabulary", name=name), 200
    if request.method == "POST":
        form.take(request.form.items(multi=True))
        try:
            commands.save_term(actor(), name, code, form.payload())
        except (Invalid, Conflict) as refused:
            status = refuse(form, refused)
        else:
            flash(t("Het begrip is bewaard.", "The term has been saved."), "ok")
            return redirect(back)
    return form_page(form, title, back, status=status)


def _up() -> Page:
    return {"label": t("Begrippenlijsten", "Vocabularies"), "url": url_for("admin.vocabularies")}


def _one(name: str) -> Vocabulary:
    require(actor(), Permission.VOCABULARY_EDIT)
    if name not in LISTS:
        raise NotFound
    return LISTS[name]


def _open(name: str) -> Vocabulary:
    entry = _one(name)
    if not entry.open:
        raise Conflict(commands.CLOSED)
    return entry
