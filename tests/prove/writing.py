"""Changes one initiative again and again, until somebody kills it: `python -m … URL REFERENCE`."""

import sys
from itertools import count

from registry import create_app, editing
from registry.access import system
from registry.kind import kind_named


def main(url: str, reference: str) -> None:
    """Every command is one version with the next number as its goal."""
    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "of a test"})
    kind, writer = kind_named("initiative"), system("Writer", "cli")
    for number in count():
        with app.app_context():
            entity = editing.one(kind, writer, reference)
            rows = [{"status": "running", "from": "2020"}] if number % 2 else []
            editing.revise(writer, kind, entity, {"goal": f"Goal {number}", "statuses": rows})
        if number == 0:
            sys.stdout.write("started\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
