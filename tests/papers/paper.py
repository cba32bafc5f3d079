"""A paper with everything in it, and with what people should never have typed."""

from datetime import UTC, datetime

from registry.papers import (
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    PageBreak,
    Paper,
    Plain,
    Quote,
    Strong,
    Table,
    Text,
)

MOMENT = datetime(2021, 6, 15, 9, 0, tzinfo=UTC)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20" viewBox="0 0 80 20">'
    '<rect width="60" height="20" fill="#154273"/></svg>'
)
LETTER = Note(["Kamerstuk ", Link("25 883, nr. 405", "https://example.org/kst-405"), ", p. 3."])
MARKUP = "#set page() *x* $y$ <b>&amp;</b> @ref \\ // `code`"


def whole(title: str = "Bijlage bij de brief") -> Paper:
    """Every block and every run, once."""
    return Paper(
        title,
        "nl",
        MOMENT,
        [
            Heading(1, "Toezeggingen", "toezeggingen"),
            Text(["Toegezegd ", Strong("voor het reces"), ".", LETTER, " Zie ", *LINKS, MARKUP]),
            Quote("Een breed probleem."),
            Listing(["Eerste punt", ["Tweede punt", Note("Een andere noot.")]]),
            Table("Stand", ["Wat", "Aantal"], [["Brief", "1"], [["Motie", LETTER], "2"]], [1]),
            PageBreak(),
            Heading(4, "Figuren", "figuren"),
            Figure(DRAWING, "Eén balk.", "Aantallen"),
            Text([Plain("English words.", "en"), "\nen daarna"]),
        ],
        subtitle="Stand op 15 juni 2021",
        facts=[("Nummer", "2021-1")],
    )


LINKS = [
    Link("figuren", "#figuren"),
    Link("nergens", "#nergens"),
    Link("gevaar", "javascript:alert(1)"),
]
STRANGE = (
    "nul\x00 bel\x07 half\ud800 los\ufffe smiley \U0001f600 中文 שלום e"
    + "\u0301" * 5000
    + " \u202eom "
)


def hostile() -> Paper:
    """What nobody would type on purpose, or only on purpose."""
    return Paper(
        f"{STRANGE}\n\r\n",
        "en",
        MOMENT,
        [
            Text("woord " * 17_000),
            Text("x" * 100_000),
            Text("中" * 2_000),
            Heading(9, STRANGE, "a b"),
            Heading(9, "nog eens", "a b"),
            Heading(1, " ", "leeg"),
            Table(
                "", [STRANGE, "b"], [["y" * 5000], [STRANGE, "https://example.org/" + "z" * 300]]
            ),
            Table("breed", [f"kolom{n}" * 3 for n in range(9)], [["woord" * 8] * 9]),
            Table("", [], []),
            Table("leeg", ["a"], []),
            Listing([]),
            Text([Note("")]),
            Text(MARKUP),
        ],
    )


def long(rows: int) -> Paper:
    """One table that goes on for pages."""
    row = ["Toezegging over arbeidsomstandigheden", "overleg van 10 december", "De termijn loopt."]
    return Paper("Lang", "nl", MOMENT, [Table("Stand", ["Wat", "Waar", "Stand"], [row] * rows)])
