"""Changes one initiative again and again, until somebody or something ends it:
`python -m … URL REFERENCE [BYTES]`. With BYTES no file may grow beyond that: the disk is full."""

import os
import resource
import signal
import sys
from itertools import count

from sqlalchemy.exc import OperationalError

from registry import create_app, editing
from registry.access import system
from registry.kind import kind_named


def main(url: str, reference: str, most: str = "") -> None:
    """Every command is one version with the next number in its goal."""
    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "of a test"})
    if most:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    kind, writer = kind_named("initiative"), system("Writer", "cli")
    goal = f"Goal of {os.getpid()}"  # what the writer before left would be no change
    for number in count():
        with app.app_context():
            entity = editing.one(kind, writer, reference)
            rows = [{"status": "running", "from": "2020"}] if number % 2 else []
            editing.revise(writer, kind, entity, {"goal": f"{goal} {number}", "statuses": rows})
        if number == 0:
            sys.stdout.write("started\n")
            sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except OperationalError as error:
        print("full" if "full" in str(error) or "I/O" in str(error) else error)  # noqa: T201  # told
        sys.exit(1)
