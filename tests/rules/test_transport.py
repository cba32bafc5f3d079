"""Transport: https, nothing secret in an address, headers of safety, and who may ask from where."""

import re

from registry.api.shell import HEADERS
from tests import databases
from tests.api.contract import ROOT
from tests.browsing import Client
from tests.rules.walking import Answer, Walk

pytestmark = databases.on_sqlite

SECRET = re.compile(r"token|secret|password|bearer|auth|email|phone|bsn|session", re.IGNORECASE)
A_YEAR = 365 * 24 * 3600


def test_core_transport_tls(walk: Walk, answers: list[Answer]) -> None:
    """Only https is told of, and a browser keeps to it for a year. TLS itself ends before the
    register, by the guidelines of the NCSC: see docs/api.md."""
    assert all(server["url"].startswith("https://") for server in walk.document["servers"])
    for answer in answers:
        kept = re.match(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])
        assert kept, str(answer)
        assert int(kept[1]) >= A_YEAR


def test_core_transport_no_sensitive_uris(walk: Walk, client: Client) -> None:
    """A token goes in its header and nowhere else."""
    asked = [p["name"] for p in walk.parameters() if p["in"] in ("query", "path")]
    assert [name for name in asked if SECRET.search(name)] == []
    assert walk.document["components"]["securitySchemes"]["bearer"]["type"] == "http"
    secret = walk.secretariat.token
    for name in ("token", "access_token"):
        assert client.get(f"{ROOT}/initiatives?{name}={secret}").status_code == 400


def test_core_transport_security_headers(answers: list[Answer]) -> None:
    """On every answer. What may be kept is asked for again: a deviation that is explained."""
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, f"{answer} {name}"
        kept = answer.headers.get("Cache-Control", "")
        reads = answer.status in (200, 304) and answer.method in ("GET", "HEAD")
        wanted = ("no-cache", "private, no-cache", "no-store", "private, no-store")
        assert kept in wanted if reads else kept in ("no-store", ""), f"{answer} {kept}"
        assert reads or answer.status == 204 or kept == "no-store", str(answer)
        assert answer.headers["X-Request-ID"], str(answer)
        if answer.response.data:
            assert answer.headers["Content-Type"], str(answer)
    assert HEADERS["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert HEADERS["X-Frame-Options"] == "DENY"
    assert HEADERS["Referrer-Policy"] == "no-referrer"


def test_core_transport_cors(answers: list[Answer]) -> None:
    """Anybody may read from any page; what is written says nothing of other pages."""
    for answer in answers:
        reads = answer.method in ("GET", "HEAD", "OPTIONS")
        allowed = answer.headers.get("Access-Control-Allow-Origin")
        assert allowed == ("*" if reads else None), str(answer)
        assert "Access-Control-Allow-Credentials" not in answer.headers, str(answer)
