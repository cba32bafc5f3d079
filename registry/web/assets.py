"""Addresses of the built static files, by the manifest that the build writes."""

import json
from functools import lru_cache
from pathlib import Path

from flask import current_app, url_for


def asset(name: str) -> str:
    """The address of `name` with its fingerprint; the bare name before the first build."""
    manifest = Path(current_app.static_folder or "") / "manifest.json"
    changed = manifest.stat().st_mtime_ns if manifest.exists() else 0
    return url_for("static", filename=_read(str(manifest), changed).get(name, name))


@lru_cache(maxsize=4)
def _read(path: str, changed: int) -> dict[str, str]:
    if not changed:
        return {}
    names: dict[str, str] = json.loads(Path(path).read_text("utf-8"))
    return names
