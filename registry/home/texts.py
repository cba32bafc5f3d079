"""The texts about the registry itself, in both languages."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from ..web import links, say, t
from ..words import Words


@dataclass(frozen=True)
class Part:
    """One section: its heading, its text, and where it leads (endpoint → label)."""

    title: Words
    text: Words
    links: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of plain text."""

    title: Words
    intro: Words
    parts: tuple[Part, ...]


ABOUT = Page(
    Words("Over dit register", "About this registry"),
    Words(
        "Dit register houdt bij wat er bekend is over de brede maatschappelijke samenwerking "
        "burn-outklachten, en waar dat staat.",
        "This registry keeps what is known about the broad societal collaboration on burn-out "
        "complaints, and where that is written.",
    ),
    (
        Part(
            Words("Waar de gegevens vandaan komen", "Where the data come from"),
            Words(
                "De eerste gegevens komen uit twee brieven van de staatssecretaris van Sociale "
                "Zaken en Werkgelegenheid aan de Tweede Kamer: Kamerstuk 25 883, nr. 370 (2019) "
                "en nr. 405 (eind 2020). Bij elk feit staat de passage, met de regels in de "
                "brief en de reden dat die passage telt. Wat de brieven niet zeggen, blijft "
                "leeg.",
                "The first data come from two letters of the State Secretary of Social Affairs "
                "and Employment to the House of Representatives: Kamerstuk 25 883, nr. 370 "
                "(2019) and nr. 405 (end of 2020). Each fact has its passage, with the lines in "
                "the letter and the reason why it counts. What the letters do not say stays "
                "empty. The words of the letters are shown in Dutch, as printed.",
            ),
            (("documents.index", Words("Kamerstukken en documenten", "Documents")),),
        ),
        Part(
            Words("Peildatum", "Reference date"),
            Words(
                "Elke pagina toont de stand op een peildatum. Zet ?asOf=2020-06-30 achter een "
                "adres om de stand op een andere dag te zien. Op de pagina van een gegeven toont "
                "?knownAt=2021-06-30 wat er op die dag geregistreerd was.",
                "Each page shows how things stood on a reference date. Put ?asOf=2020-06-30 "
                "behind an address to see another day. On the page of a record, "
                "?knownAt=2021-06-30 shows what was registered on that day.",
            ),
        ),
        Part(
            Words("Hoe woorden over tijd worden gelezen", "How words about time are read"),
            Words(
                "De brieven noemen vaak geen dag: “medio 2021”, “in een later stadium”. De "
                "woorden staan voorop; daaronder staat hoe wij ze lezen. Zo’n leesafspraak is "
                "van het register, niet van de brief.",
                "The letters often name no day: “medio 2021” (mid-2021), “in een later stadium” "
                "(at a later stage). The words come first; below them is how we read them. Such "
                "a reading convention is ours, not the letter’s.",
            ),
        ),
        Part(
            Words("Hoe hard iets is gezegd", "How hard something was said"),
            Words(
                "Een toezegging is iets anders dan een streven of een verwachting. Elk voornemen "
                "draagt daarom zijn eigen hardheid. Een streven dat niet is gehaald, is geen "
                "gebroken toezegging.",
                "A promise is something else than an aim or an expectation. Each intention "
                "therefore carries its own strength. An aim that was not reached is no broken "
                "promise.",
            ),
            (
                (
                    "commitments.index",
                    Words("Toezeggingen, moties en voornemens", "Promises, motions and intentions"),
                ),
            ),
        ),
        Part(
            Words("Indeling naar thema’s en oorzaken", "Classification by theme and cause"),
            Words(
                "De brieven verbinden initiatieven niet met thema’s of oorzaken. Die indeling is "
                "van het secretariaat, met een reden erbij. Wat nog niet is ingedeeld, is geen "
                "witte vlek.",
                "The letters do not connect initiatives with themes or causes. That "
                "classification is the secretariat’s, with a reason. What has not been "
                "classified yet is no gap.",
            ),
        ),
        Part(
            Words("Hergebruik", "Reuse"),
            Words(
                "Alles wat u hier ziet, is ook als JSON op te vragen.",
                "Everything that you see here can also be had as JSON.",
            ),
            (
                (
                    "docs.index",
                    Words("Documentatie van de API", "Documentation of the API"),
                ),
            ),
        ),
    ),
)

ACCESSIBILITY = Page(
    Words("Toegankelijkheid", "Accessibility"),
    Words(
        "Iedereen moet dit register kunnen gebruiken, ook met een schermlezer, alleen een "
        "toetsenbord of een klein scherm.",
        "Everybody must be able to use this registry, also with a screen reader, with only a "
        "keyboard or on a small screen.",
    ),
    (
        Part(
            Words("Waar wij aan voldoen", "What we comply with"),
            Words(
                "De wet vraagt WCAG 2.1, niveau AA. Wij bouwen naar WCAG 2.2, niveau AA. De "
                "pagina’s werken zonder JavaScript, bij 200% vergroting en op een scherm van 320 "
                "pixels breed.",
                "The law asks for WCAG 2.1, level AA. We build to WCAG 2.2, level AA. The pages "
                "work without JavaScript, at 200% zoom and on a screen of 320 pixels wide.",
            ),
        ),
        Part(
            Words("Hoe wij dat nagaan", "How we check that"),
            Words(
                "Bij elke wijziging worden alle soorten pagina’s in beide talen met een "
                "automatische toets (axe) nagekeken in een echte browser. Een onafhankelijk "
                "onderzoek door mensen is nog niet gedaan.",
                "With every change all kinds of pages are checked in both languages by an "
                "automatic test (axe) in a real browser. An independent audit by people has not "
                "been done yet.",
            ),
        ),
        Part(
            Words("Wat nog niet in orde is", "What is not in order yet"),
            Words(
                "De aangehaalde zinnen en de omschrijvingen staan in het Nederlands, ook op de "
                "Engelse pagina’s. De brieven zelf staan op officielebekendmakingen.nl; voor de "
                "toegankelijkheid daarvan geldt de verklaring van die site.",
                "The sentences quoted and the descriptions are in Dutch, also on the English "
                "pages. The letters themselves are on officielebekendmakingen.nl; the statement "
                "of that site applies to them.",
            ),
        ),
        Part(
            Words("Werkt er iets niet?", "Does something not work?"),
            Words(
                "Meld het aan het secretariaat van de samenwerking. Vertel op welke pagina u was "
                "en wat u probeerde. U krijgt binnen twee weken antwoord.",
                "Tell the secretariat of the collaboration on which page you were and what you "
                "tried. You get an answer within two weeks.",
            ),
        ),
    ),
)


def drawn(page: Page) -> dict[str, Any]:
    """The page for its template, in the language of the request."""
    return {
        "title": say(page.title),
        "intro": say(page.intro),
        "breadcrumb": [
            {"label": t("Begin", "Home"), "url": links.home()},
            {"label": say(page.title), "url": None},
        ],
        "sections": [
            {"title": say(part.title), "text": say(part.text), "links": _links(part)}
            for part in page.parts
        ],
    }


def _links(part: Part) -> list[dict[str, str]]:
    found = []
    for where, label in part.links:
        if where.startswith("/"):
            found.append({"label": say(label), "url": where})
        elif links.exists(where):
            found.append({"label": say(label), "url": url_for(where)})
    return found
