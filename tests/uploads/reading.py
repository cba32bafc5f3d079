"""How tests read a file in: through the page, as a person does."""

import io
from typing import Any

from tests.browsing import Client, Page, words


def send(client: Client, collection: str, data: bytes | str, name: str = "lijst.csv") -> Page:
    """Send a file; the page that follows, whatever it says."""
    form = client.page(f"/{collection}/import", headers={"Accept-Language": "nl"}).form("file")
    raw = data.encode() if isinstance(data, str) else data
    fields: dict[str, Any] = {k: v for k, v in form.fields.items() if k != "file"}
    response = client.post(
        form.action,
        data={**fields, "file": (io.BytesIO(raw), name)},
        follow_redirects=True,
        headers={"Accept-Language": "nl"},
    )
    assert response.status_code in (200, 400), response.text
    return client.parsed(response)


def outcomes(page: Page) -> list[list[str]]:
    """The rows of a preview: [row, record, outcome, what]."""
    assert not errors(page), errors(page)
    return [[words(cell) for cell in row.findall("td")] for row in page.all(".//tbody/tr")]


def errors(page: Page) -> list[str]:
    """What is wrong with a file."""
    return [words(li) for li in page.all(".//ul[@class='app-error-list']/li")]


def counts(page: Page) -> dict[str, int]:
    """How many rows have which outcome."""
    items = page.all(".//ul[@class='app-sums']/li")
    told = [words(item).rpartition(" ") for item in items]
    return {label: int(count) for label, _, count in told}


def confirm(client: Client, page: Page, *, status: int = 200) -> Page:
    """Press “Inlezen”."""
    return client.submit(page.form("step"), status=status, button="step=read")
