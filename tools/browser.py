"""Print the path of a Chromium that starts, installing one where the machine has none.

The screens are tested in a real browser, so a machine without one is an error and not a skip.
Progress goes to standard error; standard output holds the path and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE_TO_BE_HAD = (
    "No Chromium that starts: none is named by CHROMIUM or found on PATH, and none could be "
    "installed. Install chromium, or set CHROMIUM=/path/to/chromium."
)


def main() -> int:
    """Print the path and return 0, or explain in one line and return 1."""
    path = find()
    print(path or NONE_TO_BE_HAD, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


def find() -> str | None:
    """Return the path of a Chromium that starts: the one named, found, or installed."""
    if "CHROMIUM" in os.environ:
        named = os.environ["CHROMIUM"]
        return named if _starts(named) else None
    ways: list[Callable[[], str | None]] = [_on_path, _from_debian, _from_playwright]
    return next((path for path in (way() for way in ways) if path), None)


def _on_path() -> str | None:
    found = (shutil.which(command) for command in COMMANDS)
    return next((path for path in found if path and _starts(path)), None)


def _from_debian() -> str | None:
    """Install Debian's chromium; Ubuntu's package of that name only points to another store."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or _distribution() != "debian":
        return None
    _say("Browser: installing Debian's chromium, about a minute …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    # A machine's package lists may be old or absent, so they are renewed before they are used.
    _ran(["apt-get", "update", "-qq"], quiet)
    return _on_path() if _ran(install, quiet) else None


def _from_playwright() -> str | None:
    path = _playwright_path()
    if path and _starts(path):
        return path
    _say("Browser: installing Playwright's chromium …")
    dependencies = ["--with-deps"] if sys.platform == "linux" and os.geteuid() == 0 else []
    _ran([sys.executable, "-m", "playwright", "install", *dependencies, "chromium"], os.environ)
    return path if path and _starts(path) else None


def _playwright_path() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _distribution() -> str:
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return ""
    return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "")


def _starts(path: str) -> bool:
    """A file on PATH may be a stub that only says where to get the browser."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _ran(command: list[str], environment: Mapping[str, str]) -> bool:
    """Run a command with all that it prints on standard error."""
    done = subprocess.run(command, stdout=sys.stderr, env=environment, check=False)
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
