"""Whatever is posted, a form answers with a page: refused or saved, never broken."""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from registry.access import Actor, acting_as
from registry.errors import Invalid
from registry.forms import SchemaForm, both_versions
from registry.kind import Kind
from registry.schema import load_onto
from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.payloads import KINDS

ODD: dict[str, dict[str, Any]] = {
    "NUL": {"title": "a\0b", "goal": "\0"},
    "control characters": {"title": "a\x1bb\r\nc", "website": "\x7f"},
    "over-long text": {"title": "x" * 20_000, "summary": "é" * 50_000},
    "an unknown code": {"title": "a", "kind": "bestaat-niet", "relation": "\0"},
    "an unknown reference": {"title": "a", "related-0-initiative": "INI-9999"},
    "NUL in a reference": {"title": "a", "related-0-initiative": "INI\0"},
    "a wrong day": {"title": "a", "period-earliest": "2021-13-45"},
    "a year beyond all": {"title": "a", "period-text": "jaar 99999 of 0000"},
    "keys that do not exist": {"title": "a", "results-0-key": "x" * 90, "results-0-title": "b"},
    "the same key twice": {
        "title": "a",
        "results-0-key": "k",
        "results-0-title": "b",
        "results-1-key": "k",
        "results-1-title": "c",
    },
    "positions of other scripts": {"title": "a", "results-²-title": "b", "results-٣-title": "c"},
    "a position beyond all": {"title": "a", f"results-{'9' * 5000}-title": "b"},
    "a list as text": {"title": "a", "results": "b", "sources": "c", "results-0": "d"},
    "text as parts": {"title-text": "a", "title": "b", "period": "2020", "period-text-text": "c"},
    "names of others": {"title": "a", "__class__": "b", "audience": "secretariat", "id": "1"},
    "an amount that is none": {"title": "a", "money-0-amount": "NaN", "money-0-currency": "€€€"},
    "an endless amount": {"title": "a", "money-0-amount": "1e999999999"},
    "odd buttons": {"title": "a", "_add": "bestaat-niet"},
    "odd removal": {"title": "a", "_remove": "results-²"},
    "odd lists and digests": {"title": "a", "_lists": "x title period", "_base": "a b:c :::"},
    "an odd choice": {"title": "a", "_keep-title": "niemand", "_keep-x": "theirs"},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_input_is_refused_or_saved_and_never_breaks(
    odd: dict[str, Any], signed_in: SignedIn, make: Make
) -> None:
    made = make.reference("initiative", results=[{"title": "Eerste"}])
    secretariat = signed_in("secretariat")
    for path in ("/initiatives/new", f"/initiatives/{made}/edit"):
        form = secretariat.page(path).form("_lists")
        answer = secretariat.post(path, data={**form.fields, **odd})
        assert answer.status_code in (200, 302, 400, 409), answer.status
        if answer.status_code == 302:
            secretariat.page(answer.location)


@on_sqlite
def test_ten_thousand_rows_are_refused_soon(signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/initiatives/new").form("_lists").fill(title="Veel")
    rows = {f"results-{n}-title": f"Rij {n}" for n in range(10_000)}
    started = time.monotonic()
    answer = secretariat.post("/initiatives/new", data={**form.fields, **rows})
    assert answer.status_code == 400
    assert "Hoogstens 500 rijen" in answer.text
    assert "Rij 499" in answer.text
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("path", ["/initiatives/%00/edit", "/initiatives/INI-0001%20/edit"])
def test_a_reference_that_cannot_be_is_not_found(path: str, signed_in: SignedIn) -> None:
    assert signed_in("secretariat").get(path).status_code == 404


BOOK: list[Kind] = [kind.values[0] for kind in KINDS]  # type: ignore[misc]
names = st.sampled_from(
    [
        *(
            f"{name}{part}"
            for kind in BOOK
            for name in kind.schema().load_fields
            for part in ("", "-0-key", "-0-text", "-1-partner", "-0-from-text", "-text", "-event")
        ),
        "_lists",
        "_base",
        "_add",
        "_remove",
        "_keep-title",
        "version",
    ]
)
values = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", "true", "false", "INI-0001", "running", "medio 2021", "2021-01-01", "1"]),
)


@on_sqlite
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pairs=st.lists(st.tuples(names, values), max_size=25), kind=st.sampled_from(BOOK))
def test_anything_posted_makes_a_form_again(
    pairs: list[tuple[str, str]], kind: Kind, session: Session, actors: dict[str, Actor]
) -> None:
    actor = actors["secretariat"]
    form = SchemaForm(kind, actor, "nl")
    form.take(pairs)
    form.change_rows(pairs)
    both_versions(form)
    with acting_as(actor):
        try:
            load_onto(kind.schema(), None, form.payload())
        except Invalid as refused:
            form.refuse(refused)
    drawn = form.drawn()
    assert drawn["sections"]
    assert session is not None
