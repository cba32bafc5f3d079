"""What the OpenAPI document tells, as pages show it: resources, operations, and where to find."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from flask import current_app

from .. import listing
from ..api.openapi import Document
from ..api.shell import address
from ..kind import kind_in
from ..web import lang, say, t
from ..words import Words
from . import fields
from .dutch import BOUNDS, OPERATIONS, PARAMETERS, RESOURCES, STATUSES, TITLES
from .parts import Example

Told = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


def document() -> Told:
    """The OpenAPI document of this app."""
    made: Document = current_app.extensions["api"][0]
    return made.content


def resources() -> list[Told]:
    """All resources, those of records first: {tag, title, text, url}."""
    found = [_resource(tag) for tag in document()["tags"] if tag["name"] != "root"]
    return sorted(found, key=lambda one: (kind_in(one["tag"]) is None, one["title"].lower()))


def _resource(tag: Told) -> Told:
    kind = kind_in(tag["name"])
    title, text, english = tag["name"], tag["description"], lang() != "en"
    if kind is not None:
        title, text, english = say(kind.plural), say(kind.intro), False
    elif tag["name"] in RESOURCES:
        words, told = RESOURCES[tag["name"]]
        title, text, english = say(words), say(told), False
    return {
        "tag": tag["name"],
        "title": title,
        "text": text,
        "lang": "en" if english else None,
        "url": fields.page_of(tag["name"]),
        "of_records": kind is not None,
    }


def resource(tag: str) -> Told | None:
    """One resource with its operations, fields and examples; None where there is none."""
    found = next((one for one in resources() if one["tag"] == tag), None)
    if found is None:
        return None
    told = _told(tag, lang())
    to_ask = told["operations"][0]["method"] == "GET"
    return {**found, **told, "example": example(tag) if to_ask else None}


@lru_cache(maxsize=100)
def _told(tag: str, _language: str) -> Told:
    """The operations and fields of a resource, the same for every request in one language."""
    operations = [_operation(*one) for one in _operations() if tag in one[2]["tags"]]
    tables = fields.tables(document(), [one["schema"] for one in operations])
    return {"path": f"/{tag}", "operations": operations, "tables": tables}


def example(tag: str) -> Example:
    """How to ask for a resource, in both ways."""
    more = "?perPage=5" if kind_in(tag) else ""
    url = f"{address('')}/{tag}{more}"
    token = not any(part == {} for part in document()["paths"][f"/{tag}"]["get"]["security"])
    header = ' \\\n  -H "Authorization: Bearer $TOKEN"' if token else ""
    python = _SIGNED if token else _PLAIN
    return Example(Words("Opvragen", "Asking"), f'curl "{url}"{header}', python.format(url=url))


_PLAIN = """\
import json
from urllib.request import urlopen

with urlopen("{url}") as answer:
    print(json.dumps(json.load(answer), indent=2))"""
_SIGNED = """\
import json
import os
from urllib.request import Request, urlopen

token = {{"Authorization": f"Bearer {{os.environ['TOKEN']}}"}}
with urlopen(Request("{url}", headers=token)) as answer:
    print(json.dumps(json.load(answer), indent=2))"""


def _operations() -> Iterator[tuple[str, str, Told]]:
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _operation(path: str, method: str, told: Told) -> Told:
    """{id, method, path, title, text, lang, who, parameters, body, answers, schema, retiring}"""
    title = _title(path, method, told)
    return {
        "id": told["operationId"],
        "method": method.upper(),
        "path": path,
        "title": title,
        "text": None if told.get("description") == _intro(told) else told.get("description"),
        "who": _who(told),
        "retiring": told.get("deprecated", False),
        "parameters": [_parameter(path, _resolved(p)) for p in told.get("parameters", [])],
        "body": _body(told),
        "answers": [_answer(*answer) for answer in sorted(told["responses"].items())],
        "schema": _schema(told),
    }


def _intro(told: Told) -> str | None:
    """What the page itself begins with already."""
    kind = kind_in(told["tags"][0])
    return kind.intro.en if kind else None


def _title(path: str, method: str, told: Told) -> str:
    own = path.removeprefix(f"/{told['tags'][0]}")
    if kind_in(told["tags"][0]) and (method.upper(), own) in OPERATIONS:
        return say(OPERATIONS[method.upper(), own])
    summary = str(told["summary"])
    return say(Words(TITLES.get(summary, summary), summary))


def _who(told: Told) -> str:
    if {} in told.get("security", [{}]):
        return t("Zonder token te lezen", "Read without a token")
    return t("Met een token", "With a token")


def _parameter(path: str, part: Told) -> Told:
    """{name, place, required, type, text, lang, codes}"""
    name, text, english = part["name"], part.get("description", ""), lang() != "en"
    own = _own_words(path, name) if lang() != "en" else None
    if own:
        text, english = own, False
    schema = part.get("schema", {})
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return {
        "name": name,
        "place": part["in"],
        "required": part.get("required", False),
        "type": fields.type_of(schema),
        "text": text,
        "lang": "en" if english else None,
        "codes": [{"code": value, "words": None} for value in values if value is not None],
    }


def places() -> dict[str, str]:
    """Where a parameter stands, in words."""
    return {
        "path": t("in het adres", "in the address"),
        "header": t("kopregel", "header"),
    }


def _own_words(path: str, name: str) -> str | None:
    """The Dutch of a parameter: that of the filter that it is, or of what is called so anywhere."""
    kind = kind_in(path.split("/")[1])
    filters = listing.filters(kind) if kind else {}
    if name in filters:
        return f"{filters[name].words.nl}; mag herhaald worden. `none`: niet ingevuld."
    bound = re.search(r"[a-z](Before|After|Since|Min|Max)$", name)
    return PARAMETERS.get(name) or (BOUNDS[bound[1]] if bound else None)


def _body(told: Told) -> Told | None:
    content = told.get("requestBody", {}).get("content", {})
    if not content:
        return None
    media, part = next(iter(content.items()))
    name = str(part["schema"].get("$ref", "")).rpartition("/")[2]
    shape = document()["components"]["schemas"].get(name, part["schema"])
    required = shape.get("required", [])
    names = [{"name": n, "required": n in required} for n in shape.get("properties", {})]
    shown = json.dumps(part["example"], indent=2, ensure_ascii=False) if "example" in part else None
    return {"media": media, "name": name, "fields": names, "example": shown}


def _answer(status: str, told: Told) -> Told:
    told = _resolved(told)
    words = STATUSES.get(status)
    content = list(told.get("content", {}))
    return {
        "status": status if status != "default" else "…",
        "text": say(words) if words else told["description"],
        "media": [name for name in content if not name.startswith("application/problem")],
    }


def _schema(told: Told) -> Told:
    """What the operation answers when it succeeds."""
    for status in ("200", "201", "202"):
        for part in _resolved(told["responses"].get(status, {})).get("content", {}).values():
            shape: Told = part.get("schema", {})
            return shape
    return {}


def _resolved(part: Told) -> Told:
    while "$ref" in part:
        found: Any = document()
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        part = found
    return part


def found(question: str) -> list[Told]:
    """Resources, operations and fields in which all of the words stand: {title, text, url}."""
    words = question.lower().split()
    hits: dict[tuple[str, str], Told] = {}
    for one in resources():
        for title, text, url in _places(one["tag"]):
            if words and all(word in f"{title} {text}".lower() for word in words):
                hit = {"title": title, "text": text, "url": url, "of": one["title"]}
                hits.setdefault((title, text), hit)
    return [*hits.values()]


def _places(tag: str) -> Iterator[tuple[str, str, str]]:
    one = resource(tag)
    assert one is not None
    yield one["title"], f"/{tag}", one["url"]
    for operation in one["operations"]:
        name = f"{operation['method']} {operation['path']}"
        yield operation["title"], name, f"{one['url']}#{operation['id']}"
    for table in one["tables"]:
        for row in table["rows"]:
            place = f"{one['url']}#{table['id']}-{row['name']}"
            yield row["name"], f"{row['label']} – {table['title']}", place
