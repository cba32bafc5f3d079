"""The page “Open data”: the licence, what can be fetched, and how to cite it."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import format_date, format_datetime, format_decimal

from .. import clock, web
from ..signin.pages import table
from ..web import lang, links, say, t
from .catalogue import WHOLES
from .facts import ABOUT, LICENCE, PUBLISHER, ROOT, TITLE, Facts, facts

View = dict[str, Any]
MILLION = 1_000_000
opendata = web.pages(Blueprint("opendata", __name__))


@opendata.get("/open-data")
def index() -> str:
    """What these data are and how to get them."""
    known = facts()
    page = {
        "title": t("Open data", "Open data"),
        "intro": say(ABOUT),
        "breadcrumb": [{"label": t("Open data", "Open data"), "url": None}],
        "menu": [],
        "error_summary": [],
        "groups": [_licence(), _lists(known), *_files(known), _machines(), _citing(known)],
    }
    return render_template("admin/page.html", page=page)


def _licence() -> View:
    intro = t(
        "Alles wat hier voor iedereen te zien is, mag u gebruiken waarvoor u wilt, zonder het te "
        "vragen (CC0 1.0). Wij stellen het op prijs als u zegt waar het vandaan komt. De namen van "
        "contactpersonen zijn niet openbaar en horen hier niet bij.",
        "You may use all that everybody can see here for whatever you like, without asking "
        "(CC0 1.0). We appreciate it if you say where it comes from. The names of contact persons "
        "are not public and are no part of this.",
    )
    label = t("Licentie CC0 1.0", "Licence CC0 1.0")
    return _group("licentie", t("Licentie", "Licence"), intro, [_goes(label, LICENCE)])


def _lists(known: Facts) -> View:
    rows = [
        {
            "cells": [
                {"type": "link", "url": url_for(f"{one.name}.index"), "label": say(one.title)},
                {"type": "text", "text": format_decimal(one.count)},
                {"type": "text", "text": format_date(one.changed, "long")},
                {"type": "link", "url": f"{ROOT}/{one.name}", "label": f"{ROOT}/{one.name}"},
            ]
        }
        for one in known.collections
    ]
    title = t("Wat er is", "What there is")
    intro = t(
        "Elke lijst is er als pagina, als bestand om te downloaden en in de API.",
        "Each list is there as a page, as a file to download and in the API.",
    )
    columns = [t("Gegevens", "Data"), t("Aantal", "Number"), t("Gewijzigd", "Changed"), "API"]
    empty = t("Er is nog niets openbaar.", "Nothing is public yet.")
    return _listed("lijsten", title, intro, table("lijsten", title, columns, rows, empty))


def _files(known: Facts) -> list[View]:
    """The files with everything, where they are made."""
    rows = [
        {
            "cells": [
                {"type": "link", "url": f"{ROOT}/dumps/{file.format}", "label": say(label)},
                {"type": "text", "text": sized(file.size)},
                {"type": "text", "text": format_datetime(file.made, "short")},
            ]
        }
        for file in known.files
        for _, label in [WHOLES[file.format]]
    ]
    title = t("Alles in één keer", "Everything at once")
    intro = t(
        "Alles wat openbaar is, als één bestand. Het wordt vernieuwd kort nadat er iets wijzigt; "
        "wat er daarna gebeurt, vertelt de API.",
        "All that is public, as one file. It is made anew shortly after something changes; the API "
        "tells what happens after that.",
    )
    columns = [t("Bestand", "File"), t("Grootte", "Size"), t("Gemaakt", "Made")]
    return [_listed("alles", title, intro, table("alles", title, columns, rows))] if rows else []


def sized(size: int) -> str:
    """A number of bytes as people read it."""
    if size < MILLION:
        return f"{format_decimal(-(-size // 1000))} kB"
    return f"{format_decimal(round(size / MILLION, 1))} MB"


def _machines() -> View:
    title = t("Voor programma’s", "For programs")
    intro = t(
        "De API volgt de regels van de overheid en geeft JSON; voor wat openbaar is, hebt u geen "
        "sleutel nodig.",
        "The API follows the rules of the government and gives JSON, without a key for what is "
        "public.",
    )
    ways = (
        ("docs", t("Uitleg van de API", "How the API works")),
        ("openapi.json", t("Beschrijving (OpenAPI)", "Description (OpenAPI)")),
        ("dumps", t("Alles in één keer", "Everything at once")),
        ("catalog", t("Catalogus (DCAT-AP-NL)", "Catalogue (DCAT-AP-NL)")),
    )
    found = [_goes(label, url) for name, label in ways if (url := links.of_api(name))]
    return _group("programmas", title, intro, found)


def _citing(known: Facts) -> View:
    day = format_date(clock.day_of(clock.now()), "long")
    told = f"{say(PUBLISHER)}. {TITLE.in_(lang())}. {known.at('/')}."
    intro = t(
        f"Bijvoorbeeld: {told} Geraadpleegd op {day}. Noem bij één gegeven ook zijn kenmerk, dat "
        "blijft.",
        f"For example: {told} Consulted on {day}. With a single record, give its reference too: "
        "it stays.",
    )
    return _group("aanhalen", t("Hoe u dit aanhaalt", "How to cite this"), intro, [])


def _listed(id_: str, title: str, intro: str, drawn: View) -> View:
    return {**_group(id_, title, intro, []), "table": drawn}


def _group(id_: str, title: str, intro: str, actions: list[View]) -> View:
    made = {"id": id_, "title": title, "intro": intro, "table": None, "form": None}
    return {**made, "actions": actions}


def _goes(label: str, url: str) -> View:
    return {"label": label, "url": url, "method": "get", "tone": "secondary", "fields": []}
