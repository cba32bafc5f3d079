"""While a title is typed, and after saving without script, similar records are shown."""

import pytest

from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make


@pytest.mark.parametrize(
    ("typed", "alike"),
    [
        ("Week van de Werkstress", True),
        ("week v/d werkstress 2021", True),
        ("Weken van werkstress", True),
        ("Week van werkstrses", True),
        ("Manifest werkstress", False),
        ("Akkoord over de cao", False),
        ("van de", False),
        ("", False),
        ("\0%_\\", False),
    ],
)
@on_sqlite
def test_titles_are_compared_by_their_telling_words(
    typed: str,
    alike: bool,  # noqa: FBT001
    signed_in: SignedIn,
    make: Make,
) -> None:
    make("initiative", title="Week van de Werkstress")
    answer = signed_in("member").get("/initiatives/similar", query_string={"title": typed})
    assert answer.status_code == 200
    assert ("Week van de Werkstress" in answer.text) is alike


@on_sqlite
def test_what_one_may_not_see_is_not_similar(signed_in: SignedIn, make: Make) -> None:
    make("initiative", title="Geheime werkstress", audience="secretariat")
    answer = signed_in("member").get("/initiatives/similar?title=Geheime+werkstress")
    assert "Geheime" not in answer.text


@on_sqlite
def test_without_script_the_warning_comes_with_the_saved_draft(
    signed_in: SignedIn, make: Make
) -> None:
    made = make.reference("initiative", title="Week van de Werkstress")
    member = signed_in("member")
    form = member.page("/initiatives/new").form("_lists")
    shown = member.submit(form.fill(title="Week van de werkstress"))
    assert "Staat dit er misschien al?" in shown.text
    assert f"/initiatives/{made}" in shown.links().values()
