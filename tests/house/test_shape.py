"""The shape that the house keeps everywhere: small files, one clock, nothing tied to a machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 30
CLOCK = Path("registry/clock.py")
PRESENT = {"today", "now", "utcnow"}
# Spelled in two halves, so that this file does not hold what it looks for.
UNFINISHED = re.compile("|".join(rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"))))
PLACES = re.compile(
    "|".join(
        (
            r"(?<![\w.~$}>:/-])/(?:home|root|Users|work|opt)/[\w.]",
            r"\b(?:files\.)?python" + r"hosted\.org",
            r"\bpypi" + r"\.(?:org|python\.org)",
            r"\bregistry" + r"\.(?:npmjs|yarnpkg)\.",
            r"\bnpmjs" + r"\.(?:com|org)",
            r"\b(?:cdn" + r"\.jsdelivr|unpkg|cdnjs\.cloudflare|fonts\.g(?:oogleapis|static))\.",
        )
    )
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or with the next commit could be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def within(*folders: str) -> list[Path]:
    return [path for path in tracked() if path.parts[0] in folders]


def python_files(*folders: str) -> list[Path]:
    return [path for path in within(*folders) if path.suffix == ".py"]


@cache
def text_of(path: Path) -> str:
    """Return the file's text; what is not text holds nothing that these rules look for."""
    try:
        return (ROOT / path).read_text("utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), str(path))


def lines_with(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    return [
        f"{path}:{number}: {found.group()}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if (found := pattern.search(line))
    ]


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    files = [path for path in within("registry", "tests") if path.suffix != ".csv"]
    lengths = {path: len(text_of(path).splitlines()) for path in files}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno}: {node.name}"
        for path in python_files("registry", "tests", "tools")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    asked = [
        f"{path}:{line}"
        for path in python_files("registry", "tests", "migrations", "bench")
        if path != CLOCK
        for line in readings_of_the_present(tree_of(path))
    ]
    assert asked == []


def readings_of_the_present(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that call today, now or utcnow of a class of datetime."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).rpartition(".")[2]
            if node.func.attr in PRESENT and owner in {"date", "datetime"}:
                yield node.lineno


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("date.today()", [1]),
        ("x = datetime.datetime.now(UTC)", [1]),
        ("datetime.utcnow()", [1]),
        ("clock.today()\nclock.now()", []),
        ("text = 'date.today()'", []),
    ],
)
def test_the_present_is_recognised_however_it_is_asked(source: str, found: list[int]) -> None:
    assert list(readings_of_the_present(ast.parse(source))) == found


def test_nothing_names_a_machine_or_a_host_of_packages() -> None:
    assert lines_with(PLACES, iter(tracked())) == []


def test_nothing_is_left_for_later() -> None:
    assert lines_with(UNFINISHED, iter(tracked())) == []


def test_no_lock_holds_an_address() -> None:
    locks = [*within("requirements"), Path("package-lock.json")]
    assert lines_with(re.compile("https?://"), iter(locks)) == []
