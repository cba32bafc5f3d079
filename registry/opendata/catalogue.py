"""The catalogue of the data as DCAT-AP-NL 3 asks for it: what there is, in which forms, whose."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from ..words import Words
from .facts import (
    ABOUT,
    KEYWORDS,
    LICENCE_NL,
    PUBLISHER,
    ROOT,
    SERVICE,
    TITLE,
    TOOI,
    Collection,
    Facts,
)
from .graph import Linked

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
LANGUAGES = (f"{EU}/language/NLD", f"{EU}/language/ENG")
THEMES = {
    f"{EU}/data-theme/SOCI": Words("Bevolking en samenleving", "Population and society"),
    f"{EU}/data-theme/HEAL": Words("Gezondheid", "Health"),
    f"{EU}/data-theme/GOVE": Words("Overheid en publieke sector", "Government and public sector"),
}
AS_IT_COMES = f"{EU}/frequency/IRREG"
FORMS = (
    ("json", "JSON", "application/json", Words("Lijst als JSON", "List as JSON")),
    ("csv", "CSV", "text/csv", Words("Lijst als CSV", "List as CSV")),
    ("ndjson", "JSON", "application/x-ndjson", Words("Eén JSON per regel", "One JSON per line")),
)

WHOLES = {
    "ndjson": ("GZIP", Words("Alles, één JSON per regel", "Everything, one JSON per line")),
    "csv": ("ZIP", Words("Alles als tabellen (CSV)", "Everything as tables (CSV)")),
}
"""The files with everything, by their format."""


@lru_cache(maxsize=4)
def catalogue(facts: Facts, media: str) -> str:
    """The catalogue as text; it is made once for the same facts."""
    return _Catalogue(facts).whole().written(media)


class _Catalogue:
    """Writes the catalogue of one register."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.linked = facts, Linked()
        self.own = facts.at(f"{ROOT}/catalog")
        self.page = facts.at("/open-data")
        self.contact, self.service = f"{self.own}#contact", f"{self.own}#api"

    def whole(self) -> Linked:
        self._who()
        everything = f"{self.own}#register"
        parts = {f"{self.own}#{one.name}": one for one in self.facts.collections}
        self._catalogue([everything, *parts])
        self._dataset(everything, TITLE, ABOUT, self.facts.changed)
        self._entrance(everything)
        self._files(everything)
        for place, one in parts.items():
            self._dataset(place, one.title, one.about, one.changed)
            self._forms(place, one)
        self._api([everything, *parts])
        return self.linked

    def _who(self) -> None:
        made = self.linked
        made.a(TOOI, "foaf:Agent")
        made.say(TOOI, "foaf:name", PUBLISHER)
        made.a(self.contact, "vcard:Kind", "vcard:Organization")
        made.say(self.contact, "vcard:fn", Words("Secretariaat van de samenwerking", "Secretariat"))
        made.link(self.contact, "vcard:hasEmail", f"mailto:{self.facts.contact}")
        made.link(self.contact, "vcard:hasURL", self.page)

    def _catalogue(self, datasets: Sequence[str]) -> None:
        made = self.linked
        made.a(self.own, "dcat:Catalog")
        self._described(self.own, TITLE, ABOUT)
        made.link(self.own, "dct:creator", TOOI)
        made.link(self.own, "dct:license", LICENCE_NL)
        made.link(self.own, "foaf:homepage", self.page)
        made.link(self.own, "dcat:dataset", *datasets)
        made.link(self.own, "dcat:service", self.service)
        if self.facts.changed:
            made.say(self.own, "dct:modified", self.facts.changed)

    def _dataset(self, place: str, title: Words, about: Words, changed: date | None) -> None:
        made = self.linked
        made.a(place, "dcat:Dataset")
        self._described(place, title, about)
        self._open(place)
        made.link(place, "dct:accrualPeriodicity", AS_IT_COMES)
        made.link(place, "dct:spatial", f"{EU}/country/NLD")
        if changed:
            made.say(place, "dct:modified", changed)
        if self.facts.since:
            period = made.a(f"{self.own}#period", "dct:PeriodOfTime")
            made.say(period, "dcat:startDate", self.facts.since)
            made.link(place, "dct:temporal", period)

    def _forms(self, place: str, one: Collection) -> None:
        address = self.facts.at(f"{ROOT}/{one.name}")
        for name, kind, media, title in (form for form in FORMS if form[2] in one.media):
            form = self._form(place, f"{place}-{name}", address, (kind, media), title)
            self.linked.link(form, "dcat:accessService", self.service)

    def _entrance(self, place: str) -> None:
        title = Words("Beschrijving van de API (OpenAPI)", "Description of the API (OpenAPI)")
        address = self.facts.at(f"{ROOT}/openapi.json")
        form = self._form(place, f"{place}-openapi", address, ("JSON", "application/json"), title)
        self.linked.link(form, "dcat:accessService", self.service)

    def _files(self, place: str) -> None:
        for file in self.facts.files:
            address = self.facts.at(f"{ROOT}/dumps/{file.format}")
            kind, title = WHOLES[file.format]
            form = self._form(place, f"{place}-{file.format}", address, (kind, file.media), title)
            self.linked.link(form, "dcat:accessService", self.service)
            self.linked.link(form, "dcat:downloadURL", address)
            self.linked.say(form, "dcat:byteSize", file.size)
            self.linked.say(form, "dct:modified", file.made.date())

    def _form(
        self, place: str, form: str, address: str, kind: tuple[str, str], title: Words
    ) -> str:
        made = self.linked
        made.link(place, "dcat:distribution", made.a(form, "dcat:Distribution"))
        made.say(form, "dct:title", title)
        made.link(form, "dcat:accessURL", address)
        made.link(form, "dct:license", LICENCE_NL)
        made.link(form, "dct:format", f"{EU}/file-type/{kind[0]}")
        made.link(form, "dcat:mediaType", f"{IANA}/{kind[1]}")
        made.link(form, "dct:language", *LANGUAGES)
        return form

    def _api(self, datasets: Sequence[str]) -> None:
        made = self.linked
        made.a(self.service, "dcat:DataService")
        self._described(self.service, SERVICE, ABOUT)
        self._open(self.service)
        made.link(self.service, "dct:license", LICENCE_NL)
        made.link(self.service, "dcat:endpointURL", self.facts.at(ROOT))
        made.link(self.service, "dcat:endpointDescription", self.facts.at(f"{ROOT}/openapi.json"))
        made.link(self.service, "dcat:servesDataset", *datasets)

    def _described(self, place: str, title: Words, about: Words) -> None:
        made = self.linked
        made.say(place, "dct:title", title)
        made.say(place, "dct:description", about)
        made.link(place, "dct:publisher", TOOI)
        made.link(place, "dcat:contactPoint", self.contact)
        made.link(place, "dct:language", *LANGUAGES)

    def _open(self, place: str) -> None:
        made = self.linked
        made.say(place, "dct:identifier", place)
        made.link(place, "dct:accessRights", f"{EU}/access-right/PUBLIC")
        made.say(place, "dcat:keyword", *KEYWORDS)
        made.link(place, "dct:creator", TOOI)
        made.link(place, "dcat:landingPage", self.page)
        for theme, name in THEMES.items():
            made.link(place, "dcat:theme", theme)
            made.say(theme, "skos:prefLabel", name)
