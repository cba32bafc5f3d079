"""Writes package-lock.json anew from package.json, without the addresses that npm puts in it."""

import json
import subprocess

from tools.build_assets import QUIETLY, ROOT, npm_command

LOCK = ROOT / "package-lock.json"
ADDRESSED = ("deprecated", "funding", "resolved")
"""What npm notes for people; where a package comes from is for the machine that installs it."""


def main() -> None:
    """Lock the packages, and leave out what holds an address."""
    subprocess.run(
        [*npm_command(), "install", "--package-lock-only", *QUIETLY], cwd=ROOT, check=True
    )
    lock = json.loads(LOCK.read_text("utf-8"))
    for package in lock["packages"].values():
        for name in ADDRESSED:
            package.pop(name, None)
    LOCK.write_text(json.dumps(lock, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
