"""Two people change one record: both versions are laid side by side and nothing is lost."""

from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make

TITLE = "Intussen heeft een ander dit gewijzigd. Kies per veld welke tekst blijft."


@on_sqlite
def test_both_versions_are_shown_and_the_chosen_one_stays(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative", title="Oud", goal="Oud doel")
    one, other = signed_in("secretariat"), signed_in("administrator")
    mine = one.page(f"/initiatives/{made}/edit").form("version")
    theirs = other.page(f"/initiatives/{made}/edit").form("version")
    other.submit(theirs.put({"title": "Van een ander", "goal": "Doel van een ander"}))
    stale = one.submit(mine.put({"title": "Van mij", "goal": "Mijn doel"}), status=409)
    assert TITLE in stale.text
    for text in ("Van een ander", "Doel van een ander"):
        assert text in stale.text
    form = stale.form("version")
    assert form.fields["title"] == ["Van mij"]
    shown = one.submit(form.put({"_keep-title": "theirs", "_keep-goal": "yours"}))
    again = one.page(f"{shown.url}/edit").form("version").fields
    assert (again["title"], again["goal"]) == (["Van een ander"], ["Mijn doel"])


@on_sqlite
def test_changes_in_different_fields_stand_together(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative", title="Oud", goal="Oud doel")
    one, other = signed_in("secretariat"), signed_in("administrator")
    mine = one.page(f"/initiatives/{made}/edit").form("version")
    theirs = other.page(f"/initiatives/{made}/edit").form("version")
    other.submit(theirs.put({"goal": "Doel van een ander"}))
    stale = one.submit(mine.put({"title": "Van mij"}), status=409)
    assert "in andere velden" in stale.text
    fields = stale.form("version").fields
    assert (fields["title"], fields["goal"]) == (["Van mij"], ["Doel van een ander"])
    shown = one.submit(stale.form("version"))
    assert "Van mij" in shown.text
    assert "Doel van een ander" in shown.text


@on_sqlite
def test_a_row_that_somebody_else_removed_meanwhile_is_laid_side_by_side(
    signed_in: SignedIn, make: Make
) -> None:
    made = make.reference("initiative", results=[{"title": "Eerste"}, {"title": "Tweede"}])
    one, other = signed_in("secretariat"), signed_in("administrator")
    mine = one.page(f"/initiatives/{made}/edit").form("version")
    theirs = other.page(f"/initiatives/{made}/edit").form("version")
    other.submit(other.submit(theirs, button="_remove=results-0").form("version"))
    stale = one.submit(mine.put({"results-0-title": "Eerste anders"}), status=409)
    assert stale.all(".//*[@name='_keep-results']")
    shown = one.submit(stale.form("version").put({"_keep-results": "theirs"}))
    again = one.page(f"{shown.url}/edit").form("version").fields
    assert again["results-0-title"] == ["Tweede"]


@on_sqlite
def test_a_form_without_a_version_changes_nothing(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative", title="Oud")
    secretariat = signed_in("secretariat")
    for wrong in (None, "", "x", "²", "9" * 40):
        form = secretariat.page(f"/initiatives/{made}/edit").form("version")
        secretariat.submit(form.put({"title": "Nieuw", "version": wrong}), status=428)
    assert "Nieuw" not in secretariat.page(f"/initiatives/{made}").text
