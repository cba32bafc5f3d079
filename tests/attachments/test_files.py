"""Files of a report: judged by content, kept apart, seen by who sees the report."""

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from flask import Flask

from registry.access import Actor
from registry.attachments import judging, keeping
from registry.errors import Invalid
from tests import databases
from tests.api.conftest import problem
from tests.api.contract import contract
from tests.browsing import Client, SignedIn
from tests.factories import Make

PDF = b"%PDF-1.7\n"


def zipped(**parts: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def broken(method: int) -> bytes:
    """An archive whose one part does not unpack."""
    content = BytesIO()
    with ZipFile(content, "w", method) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    start = 30 + len("mimetype") + (9 if method == ZIP_LZMA else 0)
    raw = bytearray(content.getvalue())
    raw[start : start + 20] = b"\xff" * 20
    return bytes(raw)


DOCX = zipped(**{"[Content_Types].xml": "", "word/document.xml": ""})
XLSX = zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": ""})
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.DOCX", DOCX, "docx"),
        ("a.xlsx", XLSX, "xlsx"),
        ("a.odt", ODT, "odt"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "jpg"),
        ("a.csv", "jaar;één\n".encode("cp1252"), "csv"),
    ],
)
def test_a_file_is_what_its_content_is(name: str, content: bytes, found: str) -> None:
    assert judging.judge(name, content, "") == found


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"MZ\x90\x00", "wrong_type"),
        ("a.pdf", DOCX, "wrong_type"),
        ("a.docx", XLSX, "wrong_type"),
        ("a.docx", b"PK\x03\x04rubbish", "wrong_type"),
        *(
            ("a.odt", broken(method), "wrong_type")
            for method in (ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)
        ),
        ("a.txt", b"a\x00b", "wrong_type"),
        ("a.csv", PDF, "wrong_type"),
        ("a.exe", b"MZ", "not_allowed"),
        ("pdf", PDF, "not_allowed"),
        ("a.pdf", b"", "required"),
        ("a.pdf", PDF + b" " * judging.LARGEST, "too_large"),
    ],
)
def test_a_file_that_lies_or_is_none_of_the_kinds_is_refused(
    name: str, content: bytes, why: str
) -> None:
    with pytest.raises(Invalid) as refused:
        judging.judge(name, content, "")
    assert [message.code for message in refused.value.errors["file"]] == [why]


@pytest.mark.parametrize("scanner", ["false", "no-such-scanner --fast"])
def test_what_the_scanner_does_not_let_pass_is_refused(scanner: str) -> None:
    with pytest.raises(Invalid):
        judging.judge("a.pdf", PDF, scanner)
    assert judging.judge("a.pdf", PDF, "true --quiet") == "pdf"


def test_a_name_cannot_lead_elsewhere() -> None:
    assert judging.safe("../../etc/pass\r\nwd<b>.pdf") == "pass__wd_b_.pdf"


@pytest.fixture
def url(
    app: Flask,
    tmp_path: Path,
    api: Callable[[str], Client],
    make: Make,
    actors: dict[str, Actor],
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """The address of the files of a report of "member"."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    reference = make.reference("initiative", keeper_id=actors["member"].home_id)
    path = f"/initiatives/{reference}/updates"
    made = api("member").post(f"/api/v1{path}", json={"state": "no_change"}).get_json()
    return f"{path}/{made['key']}/files"


@databases.on_sqlite
def test_a_file_is_kept_and_downloaded_by_who_sees_the_report(
    signed_in: SignedIn, url: str, tmp_path: Path
) -> None:
    member = signed_in("member")
    data = {"file": (BytesIO(PDF), "meting <1>.pdf"), "why": "Eigen meting"}
    assert member.post(url, data=data).status_code == 302
    (kept,) = (tmp_path / "files").iterdir()
    assert kept.suffix == ""
    page = signed_in("other_member").page(url)
    assert "Alleen wie dit meldde" in page.text
    assert "ziet ook de bestanden" in page.text
    table = signed_in("other_member").get(url.rpartition("/")[0].rpartition("/")[0]).text
    assert "Eigen meting: meting _1_.pdf" in table
    link = next(link for link in page.links().values() if "/files/" in link)
    answer = signed_in("other_member").get(link)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("partner", "public"):
        assert signed_in(who).get(link).status_code == 404
        assert signed_in(who).get(url).status_code == 404


@databases.on_sqlite
@pytest.mark.parametrize("how", ["released", "frozen"])
def test_a_report_that_others_rely_on_gets_no_file_from_who_made_it(
    signed_in: SignedIn, api: Callable[[str], Client], url: str, tmp_path: Path, how: str
) -> None:
    secretariat, member = signed_in("secretariat"), signed_in("member")
    if how == "released":
        secretariat.post(f"{url.removesuffix('/files')}/release")
    else:
        days = {"starts": "2020-07-01", "ends": "2020-12-31", "deadline": "2021-01-31"}
        asked = secretariat.post("/rounds/new", data={"title": "Najaar", **days})
        at = asked.headers["Location"]
        member.post(f"{at}/{url.split('/')[2]}/same")
        series = "/".join(url.split("/")[:4])
        url = f"{series}/{api('member').get(f'/api/v1{series}').get_json()[0]['key']}/files"
        secretariat.post(f"{at}/close")
    data = {"file": (BytesIO(PDF), "a.pdf"), "why": "Eigen meting"}
    answer = member.post(url, data=data, follow_redirects=True)
    assert "Corrigeer de melding" in answer.text
    assert "Correct the report instead" in member.get(f"{url}?lang=en").text
    assert not (tmp_path / "files").exists()
    sent = {"file": (BytesIO(PDF), "a.pdf"), "why": "Eigen meting"}
    refused = api("member").post(f"/api/v1{url}", data=sent)
    assert problem(refused).status == 409


@databases.on_sqlite
def test_a_refused_file_leaves_nothing_behind(
    signed_in: SignedIn, url: str, tmp_path: Path
) -> None:
    data = {"file": (BytesIO(b"MZ"), "a.pdf"), "why": "Eigen meting"}
    answer = signed_in("member").post(url, data=data)
    assert answer.status_code == 400
    assert "maar de inhoud is dat niet" in answer.text
    assert not (tmp_path / "files").exists()
    other = {"file": (BytesIO(PDF), "a.pdf"), "why": "Eigen meting"}
    assert signed_in("other_member").post(url, data=other).status_code == 403
    assert not (tmp_path / "files").exists()


@databases.on_sqlite
def test_a_file_goes_in_and_out_by_api(
    client: Client, api: Callable[[str], Client], url: str
) -> None:
    member, path = api("member"), f"/api/v1{url}"
    told = f"/{url.split('/')[1]}/{{reference}}/updates/{{key}}/files"
    sent = {"file": (BytesIO(PDF), "meting.pdf"), "why": "  Eigen meting "}
    made, agreed = member.post(path, data=sent), contract(client)
    assert (made.status_code, agreed.broken(made, told)) == (201, [])
    file = made.get_json()
    assert (file["why"], file["size"], file["extension"]) == ("Eigen meting", len(PDF), "pdf")
    assert file["sha256"] == sha256(PDF).hexdigest()
    listed = api("other_member").get(path)
    assert (listed.get_json(), agreed.broken(listed, told)) == ([file], [])
    given = api("other_member").get(
        made.headers["Location"], headers={"Accept": "application/octet-stream"}
    )
    assert (given.data, given.status_code) == (PDF, 200)
    assert given.headers["Content-Disposition"].startswith("attachment")
    (update,) = member.get(path.rpartition("/")[0].rpartition("/")[0]).get_json()
    assert update["files"] == [{n: file[n] for n in ("key", "name", "sha256", "why")}]
    for who in ("partner", "public"):
        assert problem(api(who).get(path)).status == 404
        assert problem(api(who).get(made.headers["Location"])).status == 404


@databases.on_sqlite
@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"file": (b"MZ", "a.pdf")}, {"body /file": "wrong_type"}),
        ({"file": (PDF, "a.exe")}, {"body /file": "not_allowed"}),
        ({"file": (b"", "a.pdf")}, {"body /file": "required"}),
        ({"file": (PDF + b" " * judging.LARGEST, "a.pdf")}, {"body /file": "too_large"}),
        ({"file": None}, {"body /file": "required"}),
        ({"file": "tekst"}, {"body /file": "required"}),
        ({"why": " "}, {"body /why": "required"}),
        ({"why": "x" * 601}, {"body /why": "too_long"}),
        ({"why": "a\x00b", "file": None}, {"body /why": "control_character",
                                           "body /file": "required"}),
        ({"extra": "x"}, {"body /extra": "unknown_field"}),
        ({"why": ["een", "twee"]}, {"body /why": "duplicate_key"}),
    ],
)  # fmt: skip
def test_what_is_no_file_is_refused_by_api_with_all_reasons(
    api: Callable[[str], Client],
    url: str,
    tmp_path: Path,
    changed: dict[str, Any],
    wrong: dict[str, str],
) -> None:
    parts = {"file": (PDF, "a.pdf"), "why": "Eigen meting", **changed}
    data = {
        name: (BytesIO(part[0]), part[1]) if isinstance(part, tuple) else part
        for name, part in parts.items()
        if part is not None
    }
    refused = api("member").post(f"/api/v1{url}", data=data, content_type="multipart/form-data")
    assert (problem(refused).status, problem(refused).errors) == (400, wrong)
    assert not (tmp_path / "files").exists()


@databases.on_sqlite
def test_what_is_no_form_is_too_large_or_is_infected_is_refused_by_api(
    app: Flask, api: Callable[[str], Client], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, path = api("member"), f"/api/v1{url}"
    assert problem(member.post(path, json={"why": "x"})).status == 415
    assert problem(member.post(path, data=PDF, content_type="application/pdf")).status == 415
    assert problem(member.get(path, headers={"Accept": "application/pdf"})).status == 406
    assert problem(member.get(f"{path}?extra=1")).errors == {"query extra": "unknown_parameter"}

    def sent(content: bytes = PDF) -> dict[str, Any]:
        return {"file": (BytesIO(content), "a.pdf"), "why": "Eigen meting"}

    huge = member.post(path, data=sent(PDF + b" " * (judging.LARGEST + keeping.SPARE)))
    assert problem(huge).status == 413
    assert problem(api("other_member").post(path, data=sent())).status == 403
    assert problem(api("public").post(path, data=sent())).status == 404
    assert problem(member.get(f"{path}/none")).status == 404
    monkeypatch.setitem(app.config, "VIRUS_SCAN", "false")
    assert problem(member.post(path, data=sent())).errors == {"body /file": "virus"}


@databases.on_sqlite
def test_closing_a_round_freezes_what_the_files_are(
    signed_in: SignedIn, api: Callable[[str], Client], url: str
) -> None:
    secretariat, member = signed_in("secretariat"), signed_in("member")
    days = {"starts": "2020-07-01", "ends": "2020-12-31", "deadline": "2021-01-31"}
    at = secretariat.post("/rounds/new", data={"title": "Najaar", **days}).headers["Location"]
    series = "/".join(url.split("/")[:4])
    member.post(f"{at}/{url.split('/')[2]}/same")
    key = api("member").get(f"/api/v1{series}").get_json()[0]["key"]
    data = {"file": (BytesIO(PDF), "a.pdf"), "why": "Eigen meting"}
    member.post(f"{series}/{key}/files", data=data)
    secretariat.post(f"{at}/close")
    (frozen,) = api("secretariat").get(f"/api/v1{at}/snapshot").get_json()
    (kept,) = frozen["updates"][0]["files"]
    expected = {"name": "a.pdf", "sha256": sha256(PDF).hexdigest(), "why": "Eigen meting"}
    assert {**kept, **expected} == kept
