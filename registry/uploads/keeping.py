"""Uploaded files between preview and reading in: on disk, outside the web root, for their owner
only, and for an hour."""

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from .. import clock
from ..errors import NotFound

HOURS = 1
MOST = 5  # per person; the oldest goes
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass
class Kept:
    """One uploaded file with what was found out about it."""

    token: str
    account_id: int
    collection: str
    name: str
    columns: dict[str, str] | None = None
    preview: dict[str, Any] | None = None
    faults: list[Any] = field(default_factory=list)
    large: bool = False  # a worker reads it, and not a request
    path: Path = field(default=Path(), compare=False)


def keep(folder: Path, account_id: int, collection: str, name: str, file: IO[bytes]) -> Kept:
    """Keep what somebody uploads, under a name that nobody can guess."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(folder)
    forget(folder, account_id, but=MOST - 1)
    token = secrets.token_urlsafe(24)
    kept = Kept(token, account_id, collection, _name(name), path=folder / f"{token}.file")
    with _private(kept.path) as target:
        while chunk := file.read(64 * 1024):
            target.write(chunk)
    save(kept)
    return kept


def save(kept: Kept) -> None:
    """Keep what was found out, too."""
    told = {k: v for k, v in asdict(kept).items() if k != "path"}
    unfinished = kept.path.with_suffix(".unfinished")
    with _private(unfinished) as file:
        file.write(json.dumps(told).encode())
    unfinished.replace(kept.path.with_suffix(".json"))


def found(folder: Path, account_id: int | None, collection: str, token: str) -> Kept:
    """The file with this token, for its owner. Raises NotFound."""
    if not TOKEN.fullmatch(token):
        raise NotFound
    path = folder / f"{token}.file"
    try:
        told = json.loads(path.with_suffix(".json").read_bytes())
        expired = _age(path) > HOURS
    except (OSError, ValueError):
        raise NotFound from None
    if told["account_id"] != account_id or told["collection"] != collection or expired:
        raise NotFound
    return Kept(**told, path=path)


def claim(kept: Kept) -> None:
    """Take the file to read it in: who presses twice reads it in once. Raises NotFound."""
    taken = kept.path.with_suffix(".taken")
    try:
        kept.path.rename(taken)
    except FileNotFoundError:
        raise NotFound from None
    kept.path = taken


def release(kept: Kept) -> None:
    """Put a claimed file back, as it was not read in."""
    free = kept.path.with_suffix(".file")
    kept.path.rename(free)
    kept.path = free


def drop(kept: Kept) -> None:
    """Keep it no longer."""
    kept.path.unlink(missing_ok=True)
    kept.path.with_suffix(".json").unlink(missing_ok=True)


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _name(name: str) -> str:
    """As its owner calls it, to show."""
    bare = re.sub(r"[^\w .()+-]", "_", name.replace("\\", "/").rpartition("/")[2])
    return bare[-80:] or "bestand"


def _age(path: Path) -> float:
    return (clock.now().timestamp() - path.stat().st_mtime) / 3600


def sweep(folder: Path) -> None:
    """Let go of what is old."""
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):  # somebody else swept it just now
            if _age(path) > HOURS:
                path.unlink()


def forget(folder: Path, account_id: int, but: int = 0) -> None:
    """Let go of what one person has here, except for the newest."""
    own = _own(folder, account_id)
    for path in own[: max(0, len(own) - but)]:
        path.with_suffix(".file").unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def _own(folder: Path, account_id: int) -> list[Path]:
    """What is told of the files of one person, the oldest first."""
    own = []
    for path in folder.glob("*.json"):
        with suppress(OSError, ValueError):  # another request swept it just now
            if json.loads(path.read_bytes())["account_id"] == account_id:
                own.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(own)]
