"""A nursery of writers: `python -m … URL REFERENCE`. For every line that it reads a writer is born,
which changes one initiative again and again until somebody or something ends it."""

import os
import resource
import signal
import sys
from itertools import count

from flask import Flask
from sqlalchemy.exc import OperationalError

from registry import create_app, editing
from registry.access import system
from registry.kind import kind_named


def main(url: str, reference: str) -> None:
    """Tell the number of each writer when it has written, and after that how it ended."""
    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "of a test"})
    for line in iter(sys.stdin.readline, ""):
        writer = os.fork()
        if not writer:
            _live(app, reference, int(line or 0))
        _, status = os.waitpid(writer, 0)
        _tell(f"ended {os.waitstatus_to_exitcode(status)}")


def _live(app: Flask, reference: str, most: int) -> None:
    """With `most`, no file may grow beyond so many bytes: the disk is full."""
    if most:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        _write(app, reference)
    except OperationalError as error:
        if "full" in str(error) or "I/O" in str(error):
            os._exit(FULL)
    finally:
        os._exit(1)


def _write(app: Flask, reference: str) -> None:
    """Every command is one version with the next number in its goal."""
    kind, writer = kind_named("initiative"), system("Writer", "cli")
    goal = f"Goal of {os.getpid()}"  # what the writer before left would be no change
    for number in count():
        with app.app_context():
            entity = editing.one(kind, writer, reference)
            rows = [{"status": "running", "from": "2020"}] if number % 2 else []
            editing.revise(writer, kind, entity, {"goal": f"{goal} {number}", "statuses": rows})
        if number == 0:
            _tell(f"began {os.getpid()}")


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


FULL = 28  # the number of ENOSPC

if __name__ == "__main__":
    main(*sys.argv[1:])
