"""The documents stay in step with the code: what they point at and name is there, and complete."""

import re
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import pytest

from registry import ROOMS
from registry.kind import Kind, kinds
from registry.vocabulary import LISTS
from tests.house.test_shape import ROOT, tracked

PAGES = sorted(path for path in tracked() if path.suffix == ".md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
VARIABLE = re.compile(r"""environ(?:\.get\(|\[)\s*["'](\w+)["']""")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
LONGEST_ADR = 60

every_page = pytest.mark.parametrize("page", PAGES, ids=str)


def text_of(page: Path | str) -> str:
    return (ROOT / page).read_text("utf-8")


def prose(page: Path) -> str:
    """A page without the code in it."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", text_of(page), flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The places in a page that a link can lead to."""
    heads = (re.sub(r"[^\w\- ]", "", head.lower()) for head in HEADING.findall(text_of(page)))
    return {head.strip().replace(" ", "-") for head in heads}


def code_of(page: Path) -> str:
    """Only the code in a page: what somebody would type."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]*`", text_of(page), flags=re.DOTALL))


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for link in LINK.findall(prose(page)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, place = unquote(link).partition("#")
        aim = (ROOT / page.parent / path).resolve() if path else ROOT / page
        found = aim.exists() and (not place or place in anchors(aim.relative_to(ROOT)))
        if not found:
            dead.append(link)
    assert dead == []


@every_page
def test_every_picture_says_what_is_on_it(page: Path) -> None:
    assert re.findall(r"!\[\s*\]\([^)]*\)", prose(page)) == []


@every_page
def test_every_command_of_make_is_there(page: Path) -> None:
    named = set(MAKE.findall(code_of(page)))
    assert named - set(TARGET.findall(text_of("Makefile"))) == set()


@pytest.mark.parametrize("module", ["config.py", "registry/__init__.py", "registry/demo.py"])
def test_every_variable_of_the_environment_is_in_the_readme(module: str) -> None:
    unsaid = {name for name in VARIABLE.findall(text_of(module)) if f"`{name}`" not in readme()}
    assert unsaid == set()


def test_every_variable_that_the_configuration_names_is_in_the_readme() -> None:
    named = re.findall(r"^([A-Z_]{4,})  ", text_of("config.py"), re.MULTILINE)
    assert named
    assert [name for name in named if f"`{name}`" not in readme()] == []


def readme() -> str:
    return text_of("README.md")


def glossary() -> str:
    return text_of("docs/glossary.md")


def every_kind() -> list[Kind]:
    for room in ROOMS:
        if room.endswith(".schemas"):
            import_module(f"registry.{room}")
    return list(kinds())


def test_every_kind_is_in_the_glossary() -> None:
    missing = [
        kind.name
        for kind in every_kind()
        if f"| `{kind.name}` | {kind.words.nl} | {kind.plural.nl} |" not in glossary()
        or f"`/api/v1/{kind.collection}`" not in glossary()
    ]
    assert missing == []


def test_every_vocabulary_is_in_the_glossary() -> None:
    missing = [name for name in LISTS if f"### `{name}`: " not in glossary()]
    assert missing == []


def test_every_term_is_in_the_glossary_in_both_languages() -> None:
    missing = [
        f"{name}: {term.code}"
        for name, book in LISTS.items()
        for term in book.terms.values()
        if f"| `{term.code}` | {term.words.nl} | {term.words.en} |" not in glossary()
    ]
    assert missing == []


def test_every_room_is_in_the_architecture() -> None:
    rooms = {path.parts[1] for path in tracked() if path.parts[0] == "registry"}
    rooms -= {"assets", "templates", "static"}
    told = text_of("docs/architecture.md")
    named = {room if room.endswith(".py") else f"{room}/" for room in rooms}
    assert {room for room in named if f"`{room}`" not in told} == set()


@pytest.mark.parametrize("adr", [p for p in PAGES if p.parent.name == "adr"], ids=str)
def test_a_decision_is_a_page_with_its_context_and_consequences(adr: Path) -> None:
    text = text_of(adr)
    heads = ("**Context.**", "**Decision.**", "**Discarded.**", "**Consequences.**")
    assert [head for head in heads if head not in text] == []
    assert len(text.splitlines()) <= LONGEST_ADR


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(p.name[:4]) for p in PAGES if p.parent.name == "adr"]
    assert numbers == list(range(1, len(numbers) + 1))
