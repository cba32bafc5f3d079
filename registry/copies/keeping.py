"""Where files wait that a worker wrote: outside the web root, by the key of the work, for a day."""

from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app

from .. import clock
from ..errors import NotFound
from ..jobs.cli import rounds

KEPT = timedelta(days=1)


def keep(key: str, data: bytes) -> None:
    """Keep a file, whole or not at all."""
    path = _folder() / key
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def there(key: str) -> bool:
    """Whether a file is still kept."""
    return (_folder() / key).is_file()


def kept(key: str) -> bytes:
    """A file that was kept. Raises NotFound."""
    try:
        return (_folder() / key).read_bytes()
    except OSError as error:
        raise NotFound from error


def tidy() -> None:
    """Remove what nobody fetched in time; of several workers each may do this."""
    before = (clock.now() - KEPT).timestamp()
    for path in _folder().glob("*"):
        try:
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue


def clear() -> None:
    """Remove all of it."""
    for path in _folder().glob("*"):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(current_app.instance_path).absolute() / "annex-files"


def register(_app: Flask) -> None:
    """Have every worker tidy up."""
    if tidy not in rounds:
        rounds.append(tidy)
