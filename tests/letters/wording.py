"""The text of the letters as arrived: lines joined as a reader joins them, footnotes apart."""

import hashlib
import os
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("LETTERS_DIR") or ROOT.parent / "shared" / "letters")
# Lines of footnotes and page feet, which stand in the middle of sentences of the text proper.
# They hold for the files with the fingerprints in seed/documents.csv.
APART = {
    "kst-25883-405": (
        (22, 28),
        (82, 89),
        (142, 147),
        (198, 215),
        (273, 277),
        (334, 342),
        (398, 401),
    ),
    "kst-25883-370": ((46, 54), (107, 108), (133, 135)),
}
# A hyphen at the end of a line divides a word, except in burn-out and niet-werkenden.
KEPT_HYPHEN = re.compile(r"(?:^|[\s(«])(?:burn|niet)-$", re.IGNORECASE)
DIVIDED = re.compile(r"\w-$")


def file_of(letter: str) -> Path:
    """The file of a letter; where there is none, the test says that it did not run."""
    path = FOLDER / f"{letter}.txt"
    if not path.is_file():
        pytest.skip(f"not run: {path} is not there; LETTERS_DIR says where the letters are")
    return path


def fingerprint(letter: str) -> str:
    """The SHA-256 of the file of a letter."""
    return hashlib.sha256(file_of(letter).read_bytes()).hexdigest()


def printed(letter: str, first: int, last: int) -> str:
    """Lines `first` to `last` as running text.

    Of lines that begin in the text proper the footnotes between them are left out.
    """
    inside = _apart(letter, first)
    text = ""
    for number in range(first, last + 1):
        line = " ".join(_lines(letter)[number - 1].split())
        if line and _apart(letter, number) == inside:
            text = _joined(text, line)
    return text


def _joined(text: str, line: str) -> str:
    if not DIVIDED.search(text):
        return f"{text} {line}".strip()
    return (text if KEPT_HYPHEN.search(text) else text[:-1]) + line


def _apart(letter: str, number: int) -> tuple[int, int] | None:
    """The block apart that a line stands in."""
    return next((block for block in APART[letter] if block[0] <= number <= block[1]), None)


@cache
def _lines(letter: str) -> list[str]:
    return file_of(letter).read_text("utf-8").split("\n")
