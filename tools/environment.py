"""Make the virtual environment match the locks, or leave it alone when it already does.

Runs on the Python that is found, with nothing installed:
`python3 tools/environment.py .venv app dev` installs requirements/app.txt and requirements/dev.txt.
A half-made or damaged environment is mended, and made anew where mending does not help.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
OLDEST = (3, 11)
NO_VENV = """This Python makes no virtual environments: it lacks the modules venv or ensurepip.
On Debian and Ubuntu: apt-get install python3-venv
Or name another Python: make {goal} PYTHON=/path/to/python3.11"""
NO_PACKAGES = """The locked packages could not be installed: see the lines above.
The package index must be reachable the first time; after that nothing is fetched."""


class Refused(Exception):
    """Raised with the one line that tells what is wrong and what to do."""


def main(arguments: list[str]) -> int:
    """Install the named groups of locked packages into the environment, if they are not there."""
    environment, groups = Path(arguments[0]).resolve(), arguments[1:]
    try:
        _check_python()
        with _alone(environment):
            prepare(environment, groups)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def prepare(environment: Path, groups: list[str]) -> None:
    """Bring the environment in step with the locks of these groups and of those already in it."""
    wanted = sorted({"install", *groups, *_stamp(environment).get("groups", [])})
    if _current(environment, wanted):
        return
    started = time.monotonic()
    for attempt in ("mend", "anew"):
        if attempt == "anew" or not _alive(environment):
            _create(environment)
        (environment / "stamp.json").unlink(missing_ok=True)
        print(f"Packages: installing {', '.join(groups)} from requirements/ …", flush=True)
        if _install(environment, wanted):
            _write_stamp(environment, wanted)
            print(f"Packages: ready in {time.monotonic() - started:.0f} s.", flush=True)
            return
    raise Refused(NO_PACKAGES)


def _check_python() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise Refused(f"Python 3.11 or newer is needed, and {sys.executable} is {found}.")


@contextmanager
def _alone(environment: Path) -> Iterator[None]:
    """Two commands started at once must not write into one environment together."""
    with environment.with_name(environment.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _python(environment: Path) -> Path:
    return environment / "bin" / "python"


def _alive(environment: Path) -> bool:
    """Tell whether the environment has a Python that runs, is new enough, and has its pip."""
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        answer = subprocess.run(
            [_python(environment), "-c", question], capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _create(environment: Path) -> None:
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Refused(NO_VENV.format(goal=os.environ.get("GOAL", "run")))
    print(f"Environment: making {environment.name} …", flush=True)
    if environment.is_symlink() or environment.is_file():
        environment.unlink()
    shutil.rmtree(environment, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(environment)], check=False)
    if made.returncode != 0:
        raise Refused(NO_VENV.format(goal=os.environ.get("GOAL", "run")))


def _install(environment: Path, groups: list[str]) -> bool:
    """Install with uv, which takes seconds; where uv is not to be had or fails, with pip."""
    python = str(_python(environment))
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    pip += ["--require-hashes", "--requirement"]
    locks = [str(LOCKS / f"{group}.txt") for group in groups]
    uv = [python, "-m", "uv", "pip", "sync", "--python", python, "--require-hashes"]
    # The certificates of the system first: a network may have an authority of its own.
    ways = [[*uv, "--compile-bytecode", *trust, *locks] for trust in (["--system-certs"], [])]
    if _ran([*pip, str(LOCKS / "install.txt")]) and any(_ran(way, silent=True) for way in ways):
        return _is_whole(environment)
    print("Packages: uv did not manage; pip takes over, about a minute …", flush=True)
    return all(_ran([*pip, lock]) for lock in locks) and _is_whole(environment)


def _ran(command: list[str], *, silent: bool = False) -> bool:
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=silent)
    return done.returncode == 0


def _stamp(environment: Path) -> dict[str, list[str]]:
    try:
        stamp: dict[str, list[str]] = json.loads((environment / "stamp.json").read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def _current(environment: Path, groups: list[str]) -> bool:
    """Tell whether these very locks were installed, and every installed file is still there."""
    stamp = _stamp(environment)
    same = stamp.get("groups") == groups and stamp.get("locks") == _digests(groups)
    if not same or not _alive(environment):
        return False
    return stamp.get("packages") == sorted(_packages(environment)) and _is_whole(environment)


def _write_stamp(environment: Path, groups: list[str]) -> None:
    content = {
        "groups": groups,
        "locks": _digests(groups),
        "packages": sorted(_packages(environment)),
    }
    (environment / "stamp.json").write_text(json.dumps(content))


def _digests(groups: list[str]) -> list[str]:
    return [hashlib.sha256((LOCKS / f"{group}.txt").read_bytes()).hexdigest() for group in groups]


def _packages(environment: Path) -> dict[str, Path]:
    found = environment.glob("lib/python3*/site-packages/*.dist-info")
    return {folder.name: folder for folder in found}


def _is_whole(environment: Path) -> bool:
    return all(map(_has_its_files, _packages(environment).values()))


def _has_its_files(package: Path) -> bool:
    """Tell whether every file that the package installed exists; compiled ones come and go."""
    try:
        with (package / "RECORD").open(newline="") as record:
            names = [row[0] for row in csv.reader(record) if row]
    except OSError:
        return False
    return all(name.endswith(".pyc") or (package.parent / name).exists() for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
