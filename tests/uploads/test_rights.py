"""Reading in stays within one's rights, and holds only as long as what was shown holds."""

import io
import os
from pathlib import Path

import pytest
from flask import Flask

from registry import editing
from registry.access import Actor
from registry.jobs.cli import rounds
from registry.kind import kind_named
from registry.privacy.commands import erase
from registry.uploads import keeping
from tests import people
from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.spreadsheets import parsed, written
from tests.uploads.reading import confirm, counts, errors, outcomes, send

pytestmark = on_sqlite


def test_a_member_changes_their_own_drafts_in_the_list_of_everybody(
    signed_in: SignedIn, make: Make
) -> None:
    make("initiative", title="Van een ander")
    make("initiative", title="Eigen", by="member", state="draft")
    member = signed_in("member")
    rows = parsed(member.get("/initiatives/list.csv", headers={"Accept-Language": "nl"}).text)
    for row in rows:
        row["goal"] = "Doel" if row["title"] == "Eigen" else ""
    page = send(member, "initiatives", written(rows))
    assert counts(page) == {"geweigerd": 0, "nieuw": 0, "gewijzigd": 1, "ongewijzigd": 1}
    assert "1 gewijzigd" in confirm(member, page).text


def test_what_one_may_not_change_is_refused_and_then_nothing_is_read_in(
    signed_in: SignedIn, make: Make
) -> None:
    theirs = make("initiative", title="Van een ander")
    member = signed_in("member")
    page = send(member, "initiatives", f"reference;title\n{theirs.reference};Anders\n;Nieuw\n")
    assert outcomes(page)[0][2:] == [
        *(
            "geweigerd",
            "lijst.csv, rij 2: Hier hebt u geen rechten voor Titel: Van een ander → Anders",
        ),
    ]
    assert "Zolang er een rij geweigerd wordt, wordt er niets ingelezen" in page.text
    assert "step=read" not in page.html
    form = page.form("step").fill(step="read")
    refused = member.submit(form, status=409)
    assert "Er is niets ingelezen" in refused.text
    assert "Nieuw" not in member.page("/initiatives").text


def test_a_hidden_record_is_as_good_as_none(signed_in: SignedIn, make: Make) -> None:
    hidden = make("initiative", title="Geheim", state="draft")
    rows = f"reference;title\n{hidden.reference};Anders\nINI-9999;Ook\n"
    page = send(signed_in("member"), "initiatives", rows)
    assert [row[3] for row in outcomes(page)] == [
        f"lijst.csv, rij {n}, kolom reference: {r} staat niet in deze bestanden en niet in het "
        "register."
        for n, r in ((2, hidden.reference), (3, "INI-9999"))
    ]


def test_a_stale_row_is_named(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    made = make("initiative", title="A")
    client, kind = signed_in("secretariat"), kind_named("initiative")
    rows = parsed(client.get("/initiatives/list.csv", headers={"Accept-Language": "nl"}).text)
    with app.app_context():
        entity = editing.one(kind, actors["secretariat"], made.reference)
        editing.revise(actors["secretariat"], kind, entity, {"goal": "Intussen"})
    rows[0]["title"] = "B"
    (row,) = outcomes(send(client, "initiatives", written(rows)))
    assert row[2] == "geweigerd"
    assert "Het bestand is van versie 2 en intussen is er versie 3" in row[3]


def test_what_changes_between_looking_and_reading_in_is_not_overwritten(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    made = make("initiative", title="A")
    client, kind = signed_in("secretariat"), kind_named("initiative")
    page = send(client, "initiatives", f"reference;title\n{made.reference};B\n;Nieuw\n")
    with app.app_context():
        entity = editing.one(kind, actors["secretariat"], made.reference)
        editing.revise(actors["secretariat"], kind, entity, {"title": "C"})
    refused = confirm(client, page, status=409)
    assert "Intussen heeft een ander dit gewijzigd" in refused.text
    listed = client.page("/initiatives").text
    assert "C" in listed
    assert "Nieuw" not in listed


def test_a_refusal_names_row_and_column(signed_in: SignedIn) -> None:
    rows = f"title;kind;website\nGoed;;\n;onbekend;x\n{'x' * 301};;\n"
    page = send(signed_in("secretariat"), "initiatives", rows)
    told = " ".join(row[3] for row in outcomes(page))
    assert "rij 3, kolom title: Vul dit in." in told
    assert "rij 3, kolom kind: Kies een van" in told
    assert "rij 3, kolom website: Geef een webadres" in told
    assert "rij 4, kolom title: Hoogstens 300 tekens" in told
    assert counts(page)["nieuw"] == 1


def test_rows_of_one_file_may_point_at_each_other(signed_in: SignedIn) -> None:
    client = signed_in("secretariat")
    page = send(client, "partners", "reference;name;parent\nk1;Kind;k2\nk2;Ouder;\n")
    assert counts(page)["nieuw"] == 2
    confirm(client, page)
    assert "Ouder" in client.page(client.page("/partners").links()["Kind"]).text


def test_a_kept_file_is_for_its_owner_alone(app: Flask, signed_in: SignedIn) -> None:
    page = send(signed_in("secretariat"), "initiatives", "title\nNieuw\n")
    address = page.url
    assert "/import/" in address
    signed_in("administrator").page(address, status=404)
    signed_in("secretariat").page(address.replace("initiatives", "themes"), status=404)
    folder = Path(app.instance_path) / "uploads"
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert {oct(path.stat().st_mode)[-3:] for path in folder.iterdir()} == {"600"}


def test_a_kept_file_is_gone_after_reading_in_and_after_an_hour(
    app: Flask, signed_in: SignedIn
) -> None:
    client = signed_in("secretariat")
    page = send(client, "initiatives", "title\nNieuw\n")
    confirm(client, page)
    client.page(page.url, status=404)
    page = send(client, "initiatives", "title\nNog een\n")
    folder = Path(app.instance_path) / "uploads"
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    client.page(page.url, status=404)
    with app.app_context():  # the worker lets go of it, where nobody sends another
        for look in rounds:
            look()
    assert not list(folder.iterdir())


def test_a_kept_file_goes_with_the_account_of_who_sent_it(
    app: Flask, signed_in: SignedIn, actors: dict[str, Actor]
) -> None:
    send(signed_in("secretariat"), "initiatives", "title\nBlijft\n")
    send(signed_in("member"), "initiatives", "title\nGaat\n")
    with app.app_context():
        erase(actors["administrator"], people.email("member"))
    folder = Path(app.instance_path) / "uploads"
    assert [path.read_text() for path in folder.glob("*.file")] == ["title\nBlijft\n"]


def test_a_file_that_cannot_be_read_is_refused_on_the_page_and_not_kept(
    app: Flask, signed_in: SignedIn
) -> None:
    folder = Path(app.instance_path) / "uploads"
    before = set(folder.iterdir()) if folder.exists() else set()
    page = send(signed_in("secretariat"), "initiatives", b"%PDF-1.7", "lijst.xlsx")
    assert page.status == 400
    assert "Dit is een pdf" in errors(page)[0]
    assert set(folder.iterdir()) == before


def test_who_presses_twice_reads_in_once(signed_in: SignedIn) -> None:
    client = signed_in("secretariat")
    page = send(client, "initiatives", "title\nNieuw\n")
    confirm(client, page)
    confirm(client, page, status=404)
    assert client.page("/initiatives").text.count("Nieuw") == 1


def test_a_full_disk_is_said_in_words(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("secretariat")
    form = client.page("/initiatives/import", headers={"Accept-Language": "nl"}).form("file")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "keep", full)
    file = (io.BytesIO(b"title\nNieuw\n"), "x.csv")
    data = {"csrf_token": form.fields["csrf_token"], "file": file}
    response = client.post(form.action, data=data)
    assert response.status_code == 503
    assert "kon even niet worden bewaard" in response.text


def test_no_file_is_said_to_be_missing(signed_in: SignedIn) -> None:
    client = signed_in("secretariat")
    form = client.page("/initiatives/import").form("file")
    response = client.post(form.action, data={"csrf_token": form.fields["csrf_token"]})
    assert response.status_code == 400
    assert "Kies een bestand." in response.text
