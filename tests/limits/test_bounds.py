"""How large a request may be: refused with the reason, before anything is done for it."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest

from registry.api import bodies, bounds
from tests import databases
from tests.api.conftest import problem
from tests.browsing import Client

pytestmark = databases.on_sqlite
INITIATIVES = "/api/v1/initiatives"


def test_a_body_of_json_is_no_larger_than_a_record_needs(api: Callable[[str], Client]) -> None:
    client = api("member")
    large = json.dumps({"title": "x" * bounds.BODY})
    refused = client.post(INITIATIVES, data=large, content_type="application/json")
    assert refused.status_code == 413
    assert str(bounds.BODY) in refused.get_json()["detail"]
    unsaid = client.post(
        INITIATIVES,
        input_stream=BytesIO(large.encode()),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert unsaid.status_code == 413


def test_an_address_that_is_too_long_is_refused(client: Client) -> None:
    refused = client.get(f"{INITIATIVES}?theme={'x' * bounds.ADDRESS}")
    assert refused.status_code == 414
    assert refused.mimetype == "application/problem+json"


def test_there_are_no_more_values_than_somebody_asks(client: Client) -> None:
    many = "&".join(["theme=THE-0001"] * (bounds.VALUES + 1))
    assert problem(client.get(f"{INITIATIVES}?{many}")).errors == {"query ": "too_many"}


def test_a_list_in_a_body_has_a_length(api: Callable[[str], Client]) -> None:
    body = {"title": "x", "themes": [{"theme": "THE-0001"}] * (bodies.ROWS + 1)}
    refused = api("member").post(INITIATIVES, json=body)
    assert problem(refused).errors == {"body /themes": "too_many"}


@pytest.mark.parametrize("field", ["title", "description"])
def test_a_text_in_a_body_has_a_length(api: Callable[[str], Client], field: str) -> None:
    refused = api("member").post(INITIATIVES, json={field: "x" * (bodies.TEXT + 1)})
    assert problem(refused).errors == {f"body /{field}": "too_long"}
