"""A record goes its way: publish, withdraw, archive, remove, restore."""

import pytest

from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make


@on_sqlite
def test_the_secretariat_publishes_to_the_audience_that_it_chooses(
    signed_in: SignedIn, make: Make
) -> None:
    made = make.reference("initiative", state="draft", title="Nog stil")
    secretariat, partner = signed_in("secretariat"), signed_in("partner")
    partner.page(f"/initiatives/{made}", status=404)
    form = secretariat.page(f"/initiatives/{made}/publish").form("audience")
    secretariat.submit(form.fill(audience="partners"))
    assert "Nog stil" in partner.page(f"/initiatives/{made}").text
    signed_in("public").page(f"/initiatives/{made}", status=404)


@on_sqlite
def test_what_is_withdrawn_is_a_draft_again(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative")
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{made}/withdraw").form("reason")
    secretariat.submit(form.fill(reason="Nog niet afgestemd"))
    assert "Reden: Nog niet afgestemd" in secretariat.page(f"/initiatives/{made}/history").text
    signed_in("public").page(f"/initiatives/{made}", status=404)


@on_sqlite
def test_what_is_archived_can_still_be_found(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative", title="Voorbij")
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{made}").form(action=f"/initiatives/{made}/archive")
    secretariat.submit(form)
    page = signed_in("public").page(f"/initiatives/{made}").text
    assert "Voorbij" in page
    assert "Gearchiveerd. Dit blijft vindbaar." in page


@on_sqlite
def test_a_move_starts_from_what_one_saw(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative", title="Bewogen")
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{made}/withdraw").form("reason")
    form.fill(reason="Nog niet afgestemd")
    edit = secretariat.page(f"/initiatives/{made}/edit").form("title")
    secretariat.submit(edit.fill(title="Intussen gewijzigd"))
    refused = secretariat.post(form.action, data=form.fields)
    assert refused.status_code == 412
    assert f"/initiatives/{made}" in refused.text
    blind = {name: value for name, value in form.fields.items() if name != "version"}
    assert secretariat.post(form.action, data=blind).status_code == 428
    assert "Intussen gewijzigd" in signed_in("public").page(f"/initiatives/{made}").text


@on_sqlite
def test_removing_asks_first_and_can_be_undone(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative", title="Per ongeluk")
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{made}/remove").form("reason")
    gone = secretariat.submit(form.fill(reason="Dubbel"))
    assert "Per ongeluk is verwijderd." in gone.text
    secretariat.page(f"/initiatives/{made}", status=410)
    undo = secretariat.page(gone.links()["Ongedaan maken"])
    assert "Per ongeluk is teruggezet." in secretariat.submit(undo.form("version")).text


@on_sqlite
@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_who_takes_a_published_record_away_says_why(
    signed_in: SignedIn, make: Make, verb: str
) -> None:
    made = make.reference("initiative")
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{made}/{verb}").form("reason")
    assert "Zeg waarom" in secretariat.submit(form.fill(reason=" "), status=400).text
    signed_in("public").page(f"/initiatives/{made}")


@on_sqlite
def test_a_change_may_say_why(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative")
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{made}/edit").form("_reason")
    secretariat.submit(form.put({"goal": "Rust", "_reason": "Afgesproken op 3 maart"}))
    assert "Reden: Afgesproken op 3 maart" in secretariat.page(f"/initiatives/{made}").text


@on_sqlite
def test_a_member_removes_and_restores_an_own_draft_but_publishes_nothing(
    signed_in: SignedIn, make: Make
) -> None:
    made = make.reference("initiative", by="member", state="draft", title="Van mij")
    member = signed_in("member")
    member.page(f"/initiatives/{made}/publish", status=403)
    gone = member.submit(member.page(f"/initiatives/{made}/remove").form("reason"))
    undo = member.page(gone.links()["Ongedaan maken"])
    assert "Van mij is teruggezet." in member.submit(undo.form("version")).text
    signed_in("other_member").page(f"/initiatives/{made}/restore", status=404)


@on_sqlite
def test_nothing_moves_without_the_token_of_the_page(signed_in: SignedIn, make: Make) -> None:
    made = make.reference("initiative")
    secretariat = signed_in("secretariat")
    for verb in ("publish", "withdraw", "archive", "remove", "restore", "edit"):
        assert secretariat.post(f"/initiatives/{made}/{verb}").status_code == 400, verb
    assert secretariat.get(f"/initiatives/{made}/archive").status_code == 405
