"""The description of this software holds to its standard (publiccode.yml 0.5), and to the house."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

STATES = ("concept", "development", "beta", "stable", "obsolete")
URL = re.compile(r"https://registry\.example[\w./-]*")


@pytest.fixture(scope="module")
def told(root: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((root / "publiccode.yml").read_text("utf-8"))
    return read


def test_all_that_is_mandatory_is_told(told: dict[str, Any]) -> None:
    assert told["publiccodeYmlVersion"] == "0.5"
    assert told["name"]
    assert URL.fullmatch(told["url"])
    assert told["platforms"] == ["web"]
    assert told["softwareType"] == "standalone/web"
    assert told["developmentStatus"] in STATES
    assert {"name", "uri"} == set(told["organisation"])
    assert told["legal"]["license"] == "EUPL-1.2"
    assert told["maintenance"]["type"] == "internal"
    assert all(contact["name"] for contact in told["maintenance"]["contacts"])
    assert told["localisation"] == {"localisationReady": True, "availableLanguages": ["nl", "en"]}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_is_described_in_both_languages(told: dict[str, Any], root: Path, lang: str) -> None:
    said = told["description"][lang]
    assert len(said["genericName"]) <= 35
    assert len(said["shortDescription"]) <= 150
    assert 150 <= len(said["longDescription"]) <= 10_000
    assert 5 <= len(said["features"]) <= 20
    assert all((root / picture).is_file() for picture in said["screenshots"])


def test_it_says_of_the_software_what_the_project_says(told: dict[str, Any], root: Path) -> None:
    project = (root / "pyproject.toml").read_text("utf-8")
    assert f'version = "{told["softwareVersion"]}"' in project
    assert f"SPDX-License-Identifier: {told['legal']['license']}" in (root / "LICENSE").read_text()
