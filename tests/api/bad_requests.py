"""Requests that are wrong, each with the status of the refusal and the errors that it tells."""

import base64
import json
from collections.abc import Mapping
from typing import NamedTuple

from tests.api.contract import JSON, MERGE_PATCH
from tests.api.raw import Ask

NEW, LIST, ONE = "POST /themes", "GET /themes", "/themes/THE-0001"
BODY = b'{"name": "a"}'
MANY = 10 * 1024 * 1024


class Row(NamedTuple):
    """One of them. `errors` None: what is told one by one does not matter."""

    ask: Ask
    status: int
    errors: Mapping[str, str] | None = None

    def __str__(self) -> str:
        said = [self.ask.line, *self.ask.headers.values(), str(self.ask.body or b"")[2:-1]]
        return " ".join(filter(None, said)).encode("ascii", "replace").decode()[:60]


def body(text: str | bytes, errors: dict[str, str], status: int = 400) -> Row:
    """A body that is refused for its text."""
    sent = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return Row(Ask(NEW, body=sent, who="secretariat"), status, errors)


def asked(query: str, errors: dict[str, str] | None, line: str = LIST) -> Row:
    """A list that is asked for in a way that there is not."""
    return Row(Ask(f"{line}?{query}"), 400, errors)


def headed(line: str, status: int, **headers: str) -> Row:
    """A request that is refused for a header."""
    sent = BODY if line.startswith(("POST", "PATCH")) else None
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Row(Ask(line, named, sent, "secretariat"), status)


def cursor(*keys: object) -> str:
    """A cursor as nobody received it."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


BODIES: list[Row] = [
    body("", {"body ": "json"}),
    body("{", {"body ": "json"}),
    body("{'name': 1}", {"body ": "json"}),
    body('{"name": "a"} {}', {"body ": "json"}),
    body("\ufeff{}", {"body ": "json"}),
    body("[]", {"body ": "wrong_type"}),
    body('"name"', {"body ": "wrong_type"}),
    body("null", {"body ": "wrong_type"}),
    body("7", {"body ": "wrong_type"}),
    body("NaN", {"body ": "number"}),
    body('{"name": NaN}', {"body ": "number"}),
    body('{"name": -Infinity}', {"body ": "number"}),
    body('{"name": 1e999}', {"body ": "number"}),
    body('{"name": ' + "9" * 5000 + "}", {"body ": "number"}),
    body('{"name": "a", "order": 1e300}', {"body /order": "range"}),
    body('{"name": "a", "order": -1}', {"body /order": "range"}),
    body('{"name": "a", "order": 99999999999999999999}', {"body /order": "range"}),
    body('{"name": "a", "name": "b"}', {"body /name": "duplicate_key"}),
    body('{"name": "a", "sources": [{"quote": "a", "quote": "b"}]}',
         {"body /sources/0/quote": "duplicate_key"}),
    body('{"name": "a\\u0000b"}', {"body /name": "no_text"}),
    body('{"name": "a\\ud800b"}', {"body /name": "no_text"}),
    body('{"a\\ud800": 1, "b\\u0000": 2}', {"body ": "no_text"}),
    body('{"a/b~c": {"\\udfff": 1}}', {"body /a~1b~0c": "no_text"}),
    body('{"name": "a\x00b"}', {"body ": "json"}),
    body('{"name": ' + "[" * 40 + "]" * 40 + "}", {"body ": "too_deep"}),
    body("[" * 100_000, {"body ": "too_deep"}),
    body('{"a":' * 50_000, {"body ": "too_deep"}),
    body(b'{"name": "caf\xe9"}', {"body ": "json"}),
    body('{"name": "\ud800"}', {"body ": "json"}),
    body('{"name": "a"}'.encode("utf-16"), {"body ": "json"}),
    body('{"name": "' + "x" * 5000 + '"}', {"body /name": "too_long"}),
    Row(Ask(NEW, {"Content-Type": JSON}, who="secretariat"), 400, {"body ": "json"}),
    *(
        Row(Ask(line, {"If-Match": "*", "Content-Type": media}, sent, "secretariat"), status, said)
        for line in (f"POST {ONE}/archivals", f"POST {ONE}/withdrawals", f"DELETE {ONE}")
        for media, sent, status, said in (
            (JSON, b"{bad", 400, {"body ": "json"}),
            (JSON, b"[]", 400, {"body ": "wrong_type"}),
            (JSON, b'{"reason": "a", "bogus": 1}', 400,
             {"body /reason": "unknown_field", "body /bogus": "unknown_field"}),
            ("application/xml", b"<a/>", 415, None),
        )
    ),
    Row(Ask("POST /documents", body=b'{"title": "a", "planned": 0}', who="secretariat"), 400,
        {"body /planned": "wrong_type"}),
]  # fmt: skip

MEDIA: list[Row] = [
    *(
        headed(NEW, 415, Content_Type=media)
        for media in (
            "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
            MERGE_PATCH, "application/json5", "application/json; charset=latin-1",
            "application/json; charset=utf-16", "json", "/", ";;;", "application/json/x",
        )
    ),
    headed(NEW, 415, Content_Encoding="gzip"),
    headed(NEW, 415, Content_Encoding="br, identity"),
    headed(f"PATCH {ONE}", 415, If_Match="*"),
    *(
        headed(LIST, 406, Accept=media)
        for media in ("text/html", "application/json;q=0", "x", "/", "application/xml, image/*",
                      "a" * 4000)
    ),
]  # fmt: skip

QUESTIONS: list[Row] = [
    asked("colour=red&%E2%82%AC=1", {"query colour": "unknown_parameter",
                                     "query €": "unknown_parameter"}),
    asked("perPage[]=5", {"query perPage[]": "unknown_parameter"}),
    asked("perPage=-1", {"query perPage": "range"}),
    asked("perPage=1e3", {"query perPage": "range"}),
    asked("perPage=99999999999999999999999999", {"query perPage": "range"}),
    asked("perPage=Infinity&count=NaN", {"query perPage": "range", "query count": "not_allowed"}),
    asked("perPage=5;perPage=6", {"query perPage": "range"}),
    *(
        asked(f"perPage={sent}", {"query perPage": "range"}, f"GET {ONE}/history")
        for sent in ("000000000100999999", "000000000100" + "0" * 30, "1" * 3500, "0", "101")
    ),
    asked("perPage=1&perPage=2", {"query perPage": "repeated"}, f"GET {ONE}/history"),
    asked("perPage=000000000100999999", {"query perPage": "range"}, "GET /changes"),
    *(
        asked(f"asOf={sent}", {"query asOf": "wrong_type"})
        for sent in ("20200101", "2020-W01-1", "2020-01-01T00:00:00Z", "%D9%A2020-01-01")
    ),
    *(
        asked(f"updatedSince={sent}", {"query updatedSince": "wrong_type"})
        for sent in ("2020-W01-1T00:00:00Z", "2020-01-01%2000:00:00Z", "2020-01-01T00Z",
                     "2020-01-01T00:00:00,5Z", "2020-01-01T00:00:00", "20200101T000000Z")
    ),
    asked("q=%00&cursor=%00x", {"query q": "no_text", "query cursor": "no_text"}),
    asked("q=" + "x" * 201, {"query q": "too_long"}),
    asked("%00=1", {"query ": "no_text"}),
    asked("asOf=0000-00-00&updatedSince=-1", {"query asOf": "wrong_type",
                                              "query updatedSince": "wrong_type"}),
    asked("phase=" + "x" * 2000, {"query phase": "not_allowed"}),
    asked("lead=ORG-99999999999999999999", {"query lead": "pattern"}),
    asked("reference=THE-0001&reference=INI-1", {"query reference": "pattern"}),
    asked("lead=%27%20OR%201=1--", {"query lead": "pattern"}),
    *(
        asked(f"cursor={sent}", {"query cursor": "cursor"})
        for sent in ("abc", "W10", "../..", "x" * 3500, cursor("theme"), cursor(),
                     cursor("initiative", "a", 1), cursor("theme", 2**70, 1),
                     cursor("theme", [], {}), cursor("theme", {"d": "2020-13-01"}, 1),
                     cursor("theme", "a", 1, 2))
    ),
    asked("asOf=2020-01-01&colour=red", {"query colour": "unknown_parameter"}, f"GET {ONE}"),
    asked("x=1", {"query x": "unknown_parameter"}, f"DELETE {ONE}"),
]  # fmt: skip

ADDRESSES: list[Row] = [
    *(
        Row(Ask(f"{method} {path}"), 404)
        for method in ("GET", "POST", "OPTIONS")
        for path in ("/api", "/api/", "/api/v2", "/nothing", "/themes/", f"{ONE}/", f"{ONE}/x",
                     "/api/v1//themes", "/Themes", "/themes.json")
    ),
    *(
        Row(Ask(f"GET {path}"), 404)
        for path in ("/../../etc/passwd", "/themes/../../../config.py", "/themes/..%2F..%2Fx",
                     "/themes/%2e%2e", "/themes/THE-0001%00", "/themes/THE-0001%0d%0aX-Y:%20z",
                     "/themes/%ff%fe", "/themes/%zz", "/themes/%", "/themes/THE-0001;x=1",
                     "/themes/the-0001", "/themes/THE-99999999999999999999", "/themes/-1",
                     f"/themes/{'x' * 4000}", "/vocabularies/%00",
                     f"{ONE}/revisions/%F0%9F%98%80")
    ),
    *(Row(Ask(f"{method} {ONE}", body=b"{}"), 405) for method in ("POST", "PUT", "TRACE", "BREW")),
    *(
        Row(Ask(f"{method} {path}", body=b"{}"), 405)
        for method in ("PUT", "DELETE", "PATCH")
        for path in ("/themes", "/themes/_facets")
    ),
    *(
        Row(Ask(f"POST {ONE}", {name: "DELETE"}, b"{}", who="secretariat"), 405)
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
    ),
]  # fmt: skip

CONDITIONS: list[Row] = [
    headed(f"DELETE {ONE}", 428),
    headed(f"DELETE {ONE}", 412, If_Match='"0-x"'),
    headed(f"DELETE {ONE}", 412, If_Match='"99999999999999999999"'),
    headed(f"DELETE {ONE}", 412, If_Match='W/"x", "y"'),
    *(
        headed(f"PATCH {ONE}", 400, If_Match=tag, Content_Type=MERGE_PATCH)
        for tag in ("", "1", '"', '"1', "W/1", '"1" x', '"1",' * 500 + "x", "' OR 1=1")
    ),
    headed(f"PATCH {ONE}", 400, If_Match="*", Content_Type=MERGE_PATCH, Change_Reason="%FF"),
]

CALLERS: list[Row] = [
    *(
        Row(Ask(line, {"Authorization": sent}, b"{}" if line == NEW else None, None), 401)
        for line in (LIST, f"GET {ONE}", NEW, "GET /vocabularies")
        for sent in ("Bearer sr_unknown", "Bearer", "Basic YTpi", "x", "", "Bearer \xe9\x80",
                     "Bearer " + "x" * 4000, "Bearer a b", "Bearer sr_%00")
    ),
    Row(Ask(NEW, body=b"{}", who=None), 401),
    Row(Ask(LIST, who="expired"), 401),
    Row(Ask(NEW, body=b'{"name": "a"}', who="revoked"), 401),
    Row(Ask(NEW, body=b'{"name": "a"}', who="reader"), 403),
]  # fmt: skip

SIZES: list[Row] = [
    Row(Ask(NEW, {"Content-Length": str(MANY)}, b"{", "secretariat"), 413),
    Row(Ask(f"PATCH {ONE}", {"Content-Length": str(MANY), "If-Match": "*",
                          "Content-Type": MERGE_PATCH}, b"{", "secretariat"), 413),
    Row(Ask(f"POST {ONE}/archivals", {"Content-Length": str(MANY)}, b"{", "secretariat"), 413),
    Row(Ask(NEW, {"Content-Length": None, "Transfer-Encoding": "chunked"},
         b"500000\r\n" + b" " * 0x500000 + b"\r\n0\r\n\r\n", "secretariat"), 413),
    Row(Ask(NEW, {"Content-Length": None, "Transfer-Encoding": "chunked"}, b"2\r\n{]\r\n0\r\n\r\n",
         "secretariat"), 400, {"body ": "json"}),
    Row(Ask(NEW, {"Content-Length": "100"}, b'{"name": "a"}', "secretariat"), 400),
]  # fmt: skip

ROWS = [*BODIES, *MEDIA, *QUESTIONS, *ADDRESSES, *CONDITIONS, *CALLERS, *SIZES]
LONG = "x" * 9000
SERVERS = {
    b"GET\r\n\r\n": 400,
    b"GET  /x y HTTP/1.1\r\n\r\n": 400,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n": 400,
    f"GET /api/v1/themes?q={LONG} HTTP/1.1\r\n\r\n".encode(): 414,
    f"GET /api/v1/themes HTTP/1.1\r\nAccept: {LONG}\r\n\r\n".encode(): 431,
    b"GET /api/v1/themes HTTP/1.1\r\nA b: c\r\n\r\n": 400,
    b"GET /api/v1/themes HTTP/1.1\r\nIf-Match: \x7f\r\n\r\n": 400,
    b"GET /api/v1/themes/\xe9 HTTP/1.1\r\n\r\n": 400,
    b"POST /api/v1/themes HTTP/1.1\r\nContent-Length: -1\r\n\r\n": 400,
    b"POST /api/v1/themes HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n": 400,
}
"""Requests that never reach the register: gunicorn refuses them by itself, in words of its own."""
