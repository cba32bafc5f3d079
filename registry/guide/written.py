"""The document and the guide as files that are committed: docs/openapi.json and docs/api.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..api.openapi import Document
from ..api.openapi.document import placed
from ..api.shell import DOCS, ROOT, VERSION
from .parts import PARTS, Part
from .parts.versions import VERSIONS
from .rules import RULES, STANDARD

FOLDER = Path(__file__).parents[2] / "docs"
EXAMPLE = "https://registry.example"
EMAIL = "secretariaat@registry.example"
INTRO = f"""# The API

For developers of partners. The same guide is served by the registry, in Dutch and English and
with a page per resource, at `{ROOT}{DOCS}`; the OpenAPI 3.1 document is at `{ROOT}/openapi.json`,
and committed as [openapi.json](openapi.json). This is version {VERSION}.

Printed from the code by `flask --app wsgi guide`: do not edit it. A test fails when it is
stale, and another runs every example below against a server; `$TOKEN` holds a token.
"""
ABOUT_RULES = f"""## The rules of the government

The API follows [NLGov REST API Design Rules 2.2.0]({STANDARD}). Each rule has a test that is
named after it, in [tests/rules/](../tests/rules/), most of which call every route; where a ruleset
for Spectral lies beside the project or `ADR_RULESET` names one, `make lint` holds the document
against that too. A deviation is marked, with its reason.

| Rule (`/core/…`) | What is done | Test |
|---|---|---|"""


def as_json(app: Flask) -> str:
    """The document as it is committed: of no server in particular, the same on every machine."""
    document: Document = app.extensions["api"][0]
    outline = placed(EXAMPLE, EMAIL)
    info = {**document.content["info"], **outline.pop("info")}
    content = {**document.content, **outline, "info": info}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_markdown() -> str:
    """The guide, in English."""
    return "\n".join([INTRO, *_contents(), *_parts(), *_changelog(), *_rules()])


def _contents() -> Iterator[str]:
    for part in PARTS:
        yield f"- [{part.title.en}](#{_place(part.title.en)})"
    yield "- [Changelog](#changelog)"
    yield "- [The rules of the government](#the-rules-of-the-government)\n"


def _place(title: str) -> str:
    return "".join(c for c in title.lower() if c.isalnum() or c in " -").replace(" ", "-")


def _parts() -> Iterator[str]:
    for part in PARTS:
        yield f"## {part.title.en}\n"
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    for words in part.text:
        yield f"{_wrapped(words.en)}\n"
    if part.lines:
        yield from (_wrapped(f"- `{name}`: {words.en}") for name, words in part.lines)
        yield ""
    for one in part.examples:
        yield f"{one.title.en}:\n\n```sh\n{one.curl}\n```\n\n```python\n{one.python}\n```\n"


def _wrapped(text: str) -> str:
    """A paragraph or a point of a list, in lines of the width of the other documents."""
    indent = "  " if text.startswith("- ") else ""
    return fill(text, 110, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _changelog() -> Iterator[str]:
    yield "## Changelog\n"
    yield "What each version of the API brought. Nothing has been deprecated yet.\n"
    for one in VERSIONS:
        yield f"**{one.number}**\n"
        yield from (_wrapped(f"- {words.en}") for words in one.changes)
        yield ""


def _rules() -> Iterator[str]:
    yield ABOUT_RULES
    for rule in RULES:
        mark = "**Deviation.** " if rule.deviation else ""
        yield f"| {rule.name} | {mark}{rule.told.en} | `{rule.test}` |"
    yield ""


@click.command("guide")
@click.argument("folder", type=click.Path(path_type=Path), default=FOLDER)
@with_appcontext
def write(folder: Path) -> None:
    """Write openapi.json and api.md anew, in docs/ or in FOLDER."""
    (folder / "openapi.json").write_text(as_json(current_app), "utf-8")
    (folder / "api.md").write_text(as_markdown(), "utf-8")


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(write)
