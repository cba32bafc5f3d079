"""The administrator's screens of people."""

import pytest

from tests import people
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make

SCREENS = ("/admin/people", "/admin/people/new", "/admin/people/1", "/admin/people/1/password")


@pytest.mark.parametrize("path", SCREENS)
@on_sqlite
def test_only_the_administrator_sees_people(path: str, signed_in: SignedIn) -> None:
    assert signed_in("administrator").get(path).status_code == 200
    for who in ("secretariat", "member", "partner"):
        assert signed_in(who).get(path).status_code == 403, who
    assert signed_in("public").get(path).status_code == 302


def test_somebody_is_made_known_gets_a_password_and_signs_in(
    signed_in: SignedIn, make: Make, client: Client
) -> None:
    place = make.reference("partner", name="Werkplaats")
    administrator = signed_in("administrator")
    form = administrator.page("/admin/people/new").form("email")
    form.fill(name="Nieuw Gezicht", email="Nieuw@Registry.Example")
    form = administrator.submit(form, button="_add=grants").form("email")
    form.put({"grants-0-role": "member", "grants-0-organisation": place})
    password = administrator.submit(form)
    assert "Wachtwoord van Nieuw Gezicht" in password.text
    done = administrator.submit(password.form("password").fill(password=people.PASSWORD))
    assert "kerngroeplid – Werkplaats" in done.text
    assert client.sign_in("nieuw@registry.example", people.PASSWORD).url == "/mine"


@on_sqlite
def test_every_mistake_is_shown_at_once_and_nothing_typed_is_lost(signed_in: SignedIn) -> None:
    administrator = signed_in("administrator")
    form = administrator.page("/admin/people/new").form("email")
    form = administrator.submit(form.fill(name="", email="geen"), button="_add=grants").form(
        "email"
    )
    form.put({"grants-0-role": "member", "grants-0-starts": "2021-01-01"})
    refused = administrator.submit(form, status=400)
    assert refused.all(".//*[@id='name-fout']")
    assert refused.all(".//*[@id='grants-0-organisation-fout']")
    assert refused.form("email").fields["email"] == ["geen"]
    known = refused.form("email").put(
        {"name": "Iemand", "email": people.email("member"), "grants-0-role": "secretariat"}
    )
    refused = administrator.submit(known, status=400)
    assert refused.all(".//*[@id='email-fout']")


@on_sqlite
def test_a_role_that_ends_before_it_starts_is_refused(signed_in: SignedIn) -> None:
    administrator = signed_in("administrator")
    form = administrator.page("/admin/people/1").form("email")
    form.put({"grants-0-starts": "2021-05-01", "grants-0-ends": "2021-05-01"})
    assert administrator.submit(form, status=400).all(".//*[@id='grants-0-ends-fout']")


@on_sqlite
def test_the_administrator_cannot_lock_themselves_out(signed_in: SignedIn) -> None:
    administrator = signed_in("administrator")
    page = administrator.page("/admin/people")
    form = administrator.page(page.links()["Administrator"]).form("email")
    refused = administrator.submit(form, button="_remove=grants-0").form("email")
    assert "eigen beheer" in administrator.submit(refused, status=400).text


@on_sqlite
def test_a_person_who_does_not_exist_is_not_found(signed_in: SignedIn) -> None:
    administrator = signed_in("administrator")
    for number in ("999999", "9" * 30):
        assert administrator.get(f"/admin/people/{number}").status_code == 404
