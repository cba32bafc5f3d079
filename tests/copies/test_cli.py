"""An annex at the terminal: as CSV and JSON, and what is wrong with the question."""

import csv
import json
from pathlib import Path

import pytest
from flask import Flask

from tests import databases

pytestmark = databases.on_sqlite


def asked(app: Flask, *args: str) -> tuple[int, str]:
    found = app.test_cli_runner().invoke(args=["annex", *args])
    return found.exit_code, found.output


def test_the_annex_of_the_letters_is_written(letters: Flask, tmp_path: Path) -> None:
    path = tmp_path / "bijlage"
    day = ("--as-of", "2021-06-15", "--output", str(path))
    assert asked(letters, *day, "--format", "json", "--reader", "public")[0] == 0
    told = json.loads(path.read_text("utf-8"))
    assert (told["asOf"], len(told["commitments"])) == ("2021-06-15", 31)
    assert "termState" not in told["commitments"][0]
    for lang, head, state in (
        ("nl", "Kenmerk", "termijn verstreken"),
        ("en", "Reference", "term passed"),
    ):
        code, said = asked(letters, *day, "--lang", lang)
        assert (code, "54 lines" in said) == (0, True)
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=_mark(lang)))
        assert rows[0][0].strip() == head
        assert state in path.read_text("utf-8-sig")


def _mark(lang: str) -> str:
    return "," if lang == "en" else ";"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--as-of", "1900-01-01"), "Van deze dag is niets vastgelegd"),
        (("--as-of", "morgen"), "Dit is geen dag: morgen."),
        (("--annex", "REP-9999"), "Er is geen bijlage REP-9999."),
        (("--annex", "REP-0001", "--as-of", "2021-06-15"), "niet beide"),
        (("--output", "/nowhere/at/all"), "/nowhere/at/all: "),
    ],
)
def test_what_is_wrong_is_said(
    letters: Flask, tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    code, told = asked(letters, "--output", str(tmp_path / "bijlage"), *args)
    assert code == 1
    assert said in told
