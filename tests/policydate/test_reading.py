"""Which words are read, in Dutch and English, and what is said about those that are not."""

from datetime import date

import pytest

from registry.policydate import DateKind, PolicyDate, Reading, read

ANCHOR = date(2020, 12, 31)


def window(text: str, anchor: date | None = ANCHOR) -> str:
    """The window as "earliest/latest", with ".." for an open side."""
    value = read(text, anchor=anchor).value
    return f"{value.earliest or '..'}/{value.latest or '..'}"


@pytest.mark.parametrize(
    "text",
    [
        "2020-11-16",
        "16-11-2020",
        "16/11/2020",
        "16.11.2020",
        "16–11–2020",
        "16 november 2020",
        "16 NOV. 2020",
        "op maandag 16 november 2020",
        "16e november 2020",
        "«16 november 2020»",
        "16 November 2020",
        "November 16, 2020",
        "the 16th of November 2020",
        "16\u00a0november\u00a02020.",
        "16 november jl.",
        "16 november j.l.",
        "16 November last",
        "16 november van dit jaar",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    reading = read(text, anchor=ANCHOR)
    assert reading.value.earliest == reading.value.latest == date(2020, 11, 16)
    assert reading.value.kind is DateKind.DAY
    assert not reading.convention


@pytest.mark.parametrize(
    ("dutch", "english", "expected"),
    [
        ("juni 2021", "June 2021", "2021-06-01/2021-06-30"),
        ("06-2021", "2021-06", "2021-06-01/2021-06-30"),
        ("oktober jl.", "last October", "2020-10-01/2020-10-31"),
        ("begin oktober jl.", "early October last", "2020-10-01/2020-10-10"),
        ("eind februari 2021", "late February 2021", "2021-02-21/2021-02-28"),
        ("tweede kwartaal van 2021", "second quarter of 2021", "2021-04-01/2021-06-30"),
        ("Q2 2021", "2021-Q2", "2021-04-01/2021-06-30"),
        ("laatste kwartaal van 2021", "last quarter of 2021", "2021-10-01/2021-12-31"),
        ("eind eerste kwartaal 2021", "end of the first quarter of 2021", "2021-03-01/2021-03-31"),
        ("eerste helft van 2020", "first half of 2020", "2020-01-01/2020-06-30"),
        ("tweede halfjaar 2020", "H2 2020", "2020-07-01/2020-12-31"),
        ("begin 2021", "early 2021", "2021-01-01/2021-03-31"),
        ("medio 2021", "mid-2021", "2021-06-01/2021-07-31"),
        ("eind 2019", "the end of 2019", "2019-10-01/2019-12-31"),
        ("in de loop van 2021", "in the course of 2021", "2021-01-01/2021-12-31"),
        ("voorjaar 2021", "spring 2021", "2021-03-01/2021-05-31"),
        ("in de zomer van 2021", "summer of 2021", "2021-06-01/2021-08-31"),
        ("najaar 2021", "autumn 2021", "2021-09-01/2021-11-30"),
        ("winter 2020-2021", "winter 2020", "2020-12-01/2021-02-28"),
        ("komend voorjaar", "next spring", "2021-03-01/2021-05-31"),
        ("dit najaar", "this autumn", "2020-09-01/2020-11-30"),
        ("nog dit jaar", "still this year", "2020-01-01/2020-12-31"),
        ("volgend jaar", "next year", "2021-01-01/2021-12-31"),
        ("komend jaar", "the coming year", "2021-01-01/2021-12-31"),
        ("vorig jaar", "last year", "2019-01-01/2019-12-31"),
        ("het afgelopen jaar", "the past year", "2019-01-01/2019-12-31"),
        ("begin volgend jaar", "early next year", "2021-01-01/2021-03-31"),
        ("eind dit jaar", "the end of this year", "2020-10-01/2020-12-31"),
        ("volgende maand", "next month", "2021-01-01/2021-01-31"),
        ("vorig kwartaal", "last quarter", "2020-07-01/2020-09-30"),
        ("1 juli a.s.", "1 July next", "2021-07-01/2021-07-01"),
        ("de komende jaren", "for the coming years", "2021-01-01/.."),
        ("de afgelopen jaren", "the past years", "../2020-12-31"),
        ("voor 1 juli 2021", "before 1 July 2021", "../2021-06-30"),
        ("vóór eind 2021", "before the end of 2021", "../2021-12-31"),
        ("uiterlijk 1 juli 2021", "no later than 1 July 2021", "../2021-07-01"),
        ("1 juli 2021 uiterlijk", "by 1 July 2021", "../2021-07-01"),
        ("vanaf 2021", "from 2021", "2021-01-01/.."),
        ("met ingang van 1 mei 2021", "as of 1 May 2021", "2021-05-01/.."),
        ("2021 en verder", "2021 onwards", "2021-01-01/.."),
        ("sinds eind 2019", "since late 2019", "2019-10-01/.."),
        ("na 1 juli 2021", "after 1 July 2021", "2021-07-02/.."),
        ("tot 1 juli 2021", "until 1 July 2021", "../2021-06-30"),
        ("tot en met 2018", "through 2018", "../2018-12-31"),
        ("tot medio 2021", "until mid-2021", "../2021-07-31"),
        ("2007 t/m 2018", "2007 to 2018", "2007-01-01/2018-12-31"),
        ("2007–2018", "the period 2007-2018", "2007-01-01/2018-12-31"),
        ("eind 2019 – begin 2020", "late 2019 to early 2020", "2019-10-01/2020-03-31"),
        ("1 t/m 5 juni 2021", "1-5 June 2021", "2021-06-01/2021-06-05"),
        ("juni – juli 2021", "June to July 2021", "2021-06-01/2021-07-31"),
        ("nov 2020 - feb 2021", "November to February 2021", "2020-11-01/2021-02-28"),
        ("tussen 1 juni en 31 juli 2021", "between June and July 2021", "2021-06-01/2021-07-31"),
        ("van 2015 tot 2018", "from 2015 until 2018", "2015-01-01/2017-12-31"),
        ("vanaf 1 juni 2021 tot 1 juli 2021", "1 June until 1 July 2021", "2021-06-01/2021-06-30"),
    ],
)
def test_the_same_window_in_both_languages(dutch: str, english: str, expected: str) -> None:
    assert (window(dutch), window(english)) == (expected, expected)


def test_what_is_left_of_this_year_begins_at_the_anchor() -> None:
    assert window("nog dit kalenderjaar", date(2020, 2, 20)) == "2020-02-20/2020-12-31"
    assert window("later dit jaar", date(2020, 2, 20)) == "2020-02-20/2020-12-31"
    assert window("eerder dit jaar", date(2020, 2, 20)) == "2020-01-01/2020-02-20"


def test_last_is_the_last_such_day_on_or_before_the_anchor() -> None:
    assert window("11 november jl.", date(2020, 11, 11)) == "2020-11-11/2020-11-11"
    assert window("11 november jl.", date(2020, 11, 10)) == "2019-11-11/2019-11-11"
    assert window("29 februari jl.", date(2019, 12, 31)) == "2016-02-29/2016-02-29"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("jaarlijks", DateKind.RECURRING),
        ("jaarlijks in november", DateKind.RECURRING),
        ("elk jaar in november", DateKind.RECURRING),
        ("annually in November", DateKind.RECURRING),
        ("every November", DateKind.RECURRING),
        ("per kwartaal", DateKind.RECURRING),
        ("twee keer per jaar", DateKind.RECURRING),
        ("zodra de cijfers over 2020 bekend zijn", DateKind.CONDITIONAL),
        ("until the corona measures allow it again", DateKind.CONDITIONAL),
        ("na afronding van de pilot", DateKind.CONDITIONAL),
        ("afhankelijk van de ratificatie", DateKind.CONDITIONAL),
        ("in een later stadium", DateKind.NONE),
        ("at a later stage", DateKind.NONE),
        ("doorlopend", DateKind.NONE),
        ("ongoing", DateKind.NONE),
        ("zo spoedig mogelijk", DateKind.NONE),
        ("as soon as possible", DateKind.NONE),
    ],
)
def test_understood_without_a_day(text: str, kind: DateKind) -> None:
    assert read(text, anchor=ANCHOR) == Reading(PolicyDate(text, None, None, kind))


def test_what_recurs_keeps_the_years_it_names() -> None:
    value = read("jaarlijks vanaf 2015").value
    assert (value.kind, value.earliest, value.latest) == (
        DateKind.RECURRING,
        date(2015, 1, 1),
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "dit jaar",
        "nog dit kalenderjaar",
        "begin volgend jaar",
        "11 november jl.",
        "26 mei",
        "komend voorjaar",
        "voor het zomerreces",
        "inmiddels",
        "in deze brief",
        "for the coming years",
        "next month",
        "Q2",
    ],
)
def test_relative_words_without_an_anchor_say_what_to_add(text: str) -> None:
    reading = read(text)
    assert reading.value == PolicyDate(text, None, None, DateKind.NONE)
    assert "Voeg het jaar toe" in reading.notices[0].nl
    assert "Add the year" in reading.notices[0].en


def test_the_anchor_is_kept_only_where_it_was_used() -> None:
    assert read("volgend jaar", anchor=ANCHOR).value.anchor == ANCHOR
    assert read("2021", anchor=ANCHOR).value.anchor is None


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("31 februari 2021", "bestaat niet op de kalender", "does not exist on the calendar"),
        ("2021-02-29", "bestaat niet op de kalender", "does not exist on the calendar"),
        ("16-13-2020", "bestaat niet op de kalender", "does not exist on the calendar"),
        ("voor 31 juni 2021", "bestaat niet op de kalender", "does not exist on the calendar"),
        ("16-11-20", "vier cijfers", "four digits"),
        ("16 november 20", "vier cijfers", "four digits"),
        ("2018 t/m 2007", "einde voor het begin", "end lies before the beginning"),
        ("dan ook", "niet als datum gelezen", "was not read as a date"),
        ("week 47 van 2020", "niet als datum gelezen", "was not read as a date"),
        ("vijfde kwartaal 2021", "niet als datum gelezen", "was not read as a date"),
        ("١٦ نوفمبر ٢٠٢٠", "niet als datum gelezen", "was not read as a date"),
        ("voor het kerstreces van 2021", "leesafspraken", "reading conventions"),
        ("medio 2021 " * 1000, "meer dan 200 tekens", "more than 200 characters"),
    ],
)
def test_what_cannot_be_read_is_kept_with_a_notice(text: str, dutch: str, english: str) -> None:
    reading = read(text, anchor=ANCHOR)
    assert reading.value == PolicyDate(text.strip(), None, None, DateKind.NONE)
    assert dutch in reading.notices[0].nl
    assert english in reading.notices[0].en


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("op 26 mei", "gelezen als 2020, het referentiejaar"),
        ("voor het zomerreces", "gelezen als 2021, de eerstvolgende"),
        ("het afgelopen jaar", "het vorige kalenderjaar, 2019"),
        ("tot 1 juli 2021", "de laatste dag is 30 juni 2021"),
        ("rond 1 juli 2021", "niet verrekend"),
        ("winter 2021", "1 december 2021 t/m 28 februari 2022"),
        ("in deze brief", "uiterlijk 31 december 2020"),
    ],
)
def test_what_was_filled_in_is_said(text: str, dutch: str) -> None:
    reading = read(text, anchor=ANCHOR)
    assert reading.value.kind is not DateKind.NONE
    assert any(dutch in notice.nl for notice in reading.notices)
    assert all(notice.en for notice in reading.notices)


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\u00a0"])
def test_empty_text_is_an_empty_value(text: str) -> None:
    reading = read(text, anchor=ANCHOR)
    assert reading == Reading(PolicyDate(None, None, None, None))
    assert not reading.value


def test_control_characters_become_spaces() -> None:
    reading = read("medio\x002021\ud800")
    assert reading.value.text == "medio 2021"
    assert reading.value.earliest == date(2021, 6, 1)
    assert "stuurtekens" in reading.notices[0].nl


@pytest.mark.parametrize("anchor", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    [
        "vorig jaar",
        "volgend jaar",
        "na dit jaar",
        "voor dit jaar",
        "komend voorjaar",
        "winter",
        "volgende maand",
        "voor het zomerreces",
        "komende tijd",
        "29 februari jl.",
    ],
)
def test_the_edges_of_the_calendar_are_no_accident(text: str, anchor: date) -> None:
    value = read(text, anchor=anchor).value
    assert value.kind is not None
