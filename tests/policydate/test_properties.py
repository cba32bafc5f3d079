"""What holds for any text and any day: no exception, no reversed window, words that read back."""

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.policydate import DateKind, PolicyDate, Reading, Window, describe, read
from registry.policydate.value import Conventions

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
ANCHORS = st.none() | st.dates()
LANGUAGES = st.sampled_from(["nl", "en"])
PIECES = st.sampled_from(
    "begin medio eind eerste tweede laatste helft kwartaal q2 h1 van of de het the in op voor tot "
    "vanaf na uiterlijk t/m tot_en_met - – / en tussen between from to until by before after dit "
    "volgend vorig komende afgelopen jaar jaren maand kalenderjaar nog later deze brief zomer "
    "winter zomerreces kerstreces mei november feb 1 29 31 0 99 2020 2021 1000 2999 9999 "
    "16-11-2020 jl. a.s. last next jaarlijks elk totdat zodra doorlopend inmiddels rond "
    "2020-02-30".split()
).map(lambda piece: piece.replace("_", " "))
PHRASES = st.lists(PIECES, min_size=1, max_size=7).map(" ".join)


def check(reading: Reading) -> None:
    value = reading.value
    if value.earliest and value.latest:
        assert value.earliest <= value.latest
    if value.kind in (None, DateKind.NONE, DateKind.CONDITIONAL):
        assert value.earliest is value.latest is None
    if value.kind not in (None, DateKind.NONE, DateKind.CONDITIONAL, DateKind.RECURRING):
        assert value.earliest or value.latest
    assert all(notice.nl and notice.en for notice in reading.notices)
    assert all(describe(value, lang) != "" for lang in ("nl", "en"))


@given(st.text(max_size=300), ANCHORS)
@example("x" * 10_000, None)
@example("- " * 90, date.max)
@example("voor " * 39, date.min)
@example("\x00\x1b[31m", None)
def test_any_text_is_read_or_kept(text: str, anchor: date | None) -> None:
    check(read(text, anchor=anchor))


@settings(max_examples=600)
@given(PHRASES, ANCHORS)
def test_any_words_of_time_give_an_ordered_window(text: str, anchor: date | None) -> None:
    reading = read(text, anchor=anchor)
    check(reading)
    assert reading == read(text, anchor=anchor)
    assert reading.value.anchor in (None, anchor)


MONTH_DAYS = DAYS.map(lambda day: (day.month, day.day))


@given(PHRASES, ANCHORS, MONTH_DAYS, MONTH_DAYS, DAYS, DAYS)
def test_any_convention_gives_an_ordered_window(
    text: str,
    anchor: date | None,
    start: tuple[int, int],
    end: tuple[int, int],
    first: date,
    last: date,
) -> None:
    names = ("begin", "medio", "eind", "zomer", "winter", "zomerreces")
    conventions = Conventions(
        windows=dict.fromkeys(names, Window(start, end)),
        recesses={(name, year): (first, last) for name in ("summer", "christmas")
                  for year in (2020, 2021)},
    )  # fmt: skip
    check(read(text, anchor=anchor, conventions=conventions))


def _of(earliest: date | None, latest: date | None, kind: DateKind) -> PolicyDate:
    return PolicyDate(None, earliest, latest, kind)


def _reads_back(value: PolicyDate, lang: str) -> None:
    words = describe(value, lang)
    assert words
    reading = read(words)
    again = reading.value
    assert (again.earliest, again.latest, again.kind) == (value.earliest, value.latest, value.kind)
    assert describe(again, lang) == words
    assert not reading.notices


@given(DAYS, DAYS, LANGUAGES)
def test_days_read_back(one: date, other: date, lang: str) -> None:
    first, last = sorted((one, other))
    _reads_back(_of(first, first, DateKind.DAY), lang)
    _reads_back(_of(first, last, DateKind.DAY), lang)
    _reads_back(_of(first, None, DateKind.DAY), lang)
    _reads_back(_of(None, last, DateKind.DAY), lang)


def _ends(day: date) -> tuple[date, date]:
    start = day.replace(day=1)
    return start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@given(DAYS, DAYS, LANGUAGES)
def test_months_read_back(one: date, other: date, lang: str) -> None:
    first, last = sorted((one, other))
    _reads_back(_of(*_ends(first), DateKind.MONTH), lang)
    _reads_back(_of(_ends(first)[0], _ends(last)[1], DateKind.MONTH), lang)
    _reads_back(_of(_ends(first)[0], None, DateKind.MONTH), lang)


@given(st.integers(1000, 2999), st.integers(1000, 2999), LANGUAGES)
def test_years_read_back(one: int, other: int, lang: str) -> None:
    first, last = sorted((one, other))
    _reads_back(_of(date(first, 1, 1), date(first, 12, 31), DateKind.YEAR), lang)
    _reads_back(_of(date(first, 1, 1), date(last, 12, 31), DateKind.YEAR), lang)
    _reads_back(_of(None, date(last, 12, 31), DateKind.YEAR), lang)
