"""The annex of the letters on five days, by a table made by hand from the letters."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.access import Actor
from registry.annexes import composing
from registry.errors import Invalid
from registry.indicators.models import Indicator
from registry.record import LETTERS, ExternalKey, Record
from registry.reports.models import Annex, AnnexIndicator
from tests import databases

DAYS = ("2020-12-31", "2021-02-15", "2021-06-15", "2021-08-15", "2022-01-01")
BEFORE_405 = "2020-06-30"
T = "T{:02}".format
MET = {T(n) for n in (1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 14)}
ONGOING, UNTRACEABLE = {T(10), T(29), T(30)}, {T(12)}
STATUSES = {
    **dict.fromkeys(MET, "met"),
    **dict.fromkeys(ONGOING, "ongoing"),
    T(8): "partly_met",  # the rest goes on as T19
    T(12): "untraceable",
    **{T(n): "open" for n in (*range(15, 29), 31)},
}
"""On each of the five days: the letters tell of nothing that settled anything later."""
IN_JUNE_2020 = {
    **{T(n): "open" for n in (1, 2, 7, 8, 9, 11, 12, 13, 14)},
    T(3): "running",
    **{T(n): "met" for n in (5, 6)},
    T(10): "ongoing",
}
"""Before letter 405: what it promises was not said yet, nor was the debate of November held."""
UNDATED, CONDITIONAL = {T(19), T(20), T(31)}, {T(24), T(25)}
TREATY = "I15"
"""The one initiative of which the letters say what happens after them: in force in June 2021."""


@pytest.fixture
def names(letters: Flask, session: Session) -> dict[str, str]:
    """The ids in the letters by reference."""
    query = select(Record.reference, ExternalKey.key)
    query = query.join(ExternalKey, Record.id == ExternalKey.record_id)
    return dict(session.execute(query.where(ExternalKey.system == LETTERS)).all())


def of_day(who: Actor, day: str, **more: Any) -> Any:
    annex = Annex(title="Bijlage", as_of=date.fromisoformat(day), **more)
    return composing.content(annex, who)


def named(names: dict[str, str], lines: Any) -> dict[str, Any]:
    return {names[line["reference"]]: line for line in lines}


@pytest.mark.parametrize("day", DAYS)
def test_the_annex_of_the_letters_is_as_the_table_says(
    names: dict[str, str], actors: dict[str, Actor], day: str
) -> None:
    found = of_day(actors["member"], day)
    lines = named(names, found["commitments"])
    assert {key: line["status"] for key, line in lines.items()} == STATUSES
    # On the last day of 2020 letter 405, of 11 January 2021, is still to come.
    comparable = day > "2021-01-11"
    assert found["previous"]["identification"] == "25 883, nr. 405"
    assert found["previous"]["comparable"] is comparable
    assert {str(line["changed"]) for line in lines.values()} == {"[]" if comparable else "None"}
    work = named(names, found["initiatives"])
    assert len(work) == 23
    entered = [{"what": "status", "from": "in_preparation", "to": "in_force"}]
    changed = {key: line["changed"] for key, line in work.items() if line["changed"]}
    assert changed == ({TREATY: entered} if day >= "2021-06-01" else {})
    left = {part: {names[r] for r in of} for part, of in found["open"].items()}
    assert left["commitments"] == STATUSES.keys() - MET - ONGOING - UNTRACEABLE
    assert (left["undated"], left["conditional"]) == (UNDATED, CONDITIONAL)
    assert (left["ongoing"], left["untraceable"]) == (ONGOING, UNTRACEABLE)
    assert left["unclassified"] == {"I01", "I15", "I18"}
    assert found["leftOut"] == 0


@databases.on_sqlite
def test_of_an_earlier_day_it_says_no_more_than_was_so(
    names: dict[str, str], actors: dict[str, Actor]
) -> None:
    found = of_day(actors["member"], BEFORE_405)
    lines = named(names, found["commitments"])
    assert {key: line["status"] for key, line in lines.items()} == IN_JUNE_2020
    settled = {key for key, line in lines.items() if line["discharges"]}
    assert settled == {T(5), T(6)}
    assert not any(row["year"] and row["year"] > 2020 for f in found["figures"]
                   for row in f["observations"])  # fmt: skip
    with pytest.raises(Invalid) as refused:
        of_day(actors["member"], "1900-01-01")
    assert refused.value.errors["asOf"][0].code == "too_early"


@databases.on_sqlite
def test_a_line_has_its_place_its_term_and_its_footnotes(
    names: dict[str, str], actors: dict[str, Actor]
) -> None:
    found = of_day(actors["public"], "2021-06-15")
    line = named(names, found["commitments"])["T04"]
    assert line["madeAt"]["event"]["when"]["earliest"] == "2020-11-11"
    assert line["madeAt"]["document"]["identification"] == "25 883, nr. 400"
    assert line["due"]["text"] == "in deze brief"
    assert [row["document"]["officialDate"] for row in line["discharges"]] == ["2021-01-11"]
    notes = {note["number"]: note for note in found["footnotes"]}
    assert [*notes] == [*range(1, len(notes) + 1)]
    quotes = " ".join(notes[number]["quote"] or "" for number in line["notes"])
    assert "op dit manifest te reageren" in quotes
    figures = {figure["name"]: figure for figure in found["figures"]}
    share = figures["Aandeel werknemers met burn-outklachten"]
    assert all(row["caveat"] for row in share["observations"] if row["value"])
    assert not {"termState", "agreement"} & line.keys()


@databases.on_sqlite
def test_only_the_figures_that_were_chosen_stand_in_it(
    letters: Flask, session: Session, actors: dict[str, Actor]
) -> None:
    share = session.scalar(select(Indicator).order_by(Indicator.id))
    assert share is not None
    limited = [AnnexIndicator(key="one", position=0, indicator_id=share.id)]
    found = of_day(actors["secretariat"], "2021-06-15", indicators=limited)
    assert [figure["reference"] for figure in found["figures"]] == [share.record.reference]


def test_the_number_of_queries_does_not_grow(
    letters: Flask,
    session: Session,
    actors: dict[str, Actor],
    count_queries: Callable[..., AbstractContextManager[Any]],
    make: Any,
) -> None:
    def asked() -> int:
        session.expire_all()
        with count_queries() as counted:
            of_day(actors["member"], "2021-06-15")
        return len(counted)

    before = asked()
    for _ in range(5):
        make("commitment", due="in 2021")
        make("initiative")
    assert asked() == before
