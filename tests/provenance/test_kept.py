"""What is cited stays: the passage cannot be taken off its document."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.errors import Invalid
from registry.initiatives.schemas import INITIATIVE
from registry.sources.schemas import DOCUMENT
from registry.updates.commands import report
from tests.factories import Make

WORDS = "Dit zijn de woorden."


@pytest.fixture(params=["source", "report"])
def cited(
    request: pytest.FixtureRequest, session: Session, make: Make, actors: dict[str, Actor]
) -> tuple[Any, str]:
    """A document of two passages, and the reference of what quotes the first: in a source, or in
    a report that rests on it."""
    quotes = [{"quote": WORDS}, {"quote": "Deze woorden noemt niemand."}]
    document = make("document", passages=quotes)
    if request.param == "report":
        entity = make("initiative")
        rests_on = {"document": document.reference, "quote": WORDS, "why": "Zo staat het er."}
        payload = {"state": "on_track", "text": "Loopt.", "evidence": [rests_on]}
        report(actors["secretariat"], INITIATIVE, entity, payload)
        return document, entity.reference
    source = {"field": "title", "document": document.reference, "quote": WORDS, "basis": "stated"}
    return document, make.reference("initiative", sources=[source])


def test_a_cited_passage_cannot_go_and_the_reason_names_what_cites_it(
    cited: tuple[Any, str], actors: dict[str, Actor]
) -> None:
    document, citing = cited
    with pytest.raises(Invalid) as caught:
        editing.revise(actors["secretariat"], DOCUMENT, document, {"passages": []})
    (message,) = caught.value.errors["passages"]
    for lang in ("nl", "en"):
        assert citing in message.in_(lang)
        assert WORDS in message.in_(lang)


def test_a_passage_that_nothing_cites_can_go(
    cited: tuple[Any, str], actors: dict[str, Actor]
) -> None:
    document, _ = cited
    rows = [{"key": document.passages[0].key, "quote": WORDS}]
    editing.revise(actors["secretariat"], DOCUMENT, document, {"passages": rows})
    assert [passage.quote for passage in document.passages] == [WORDS]


def test_the_form_says_so_at_the_list(cited: tuple[Any, str], signed_in: Any) -> None:
    document, citing = cited
    secretariat = signed_in("secretariat")
    url = f"/documents/{document.reference}/edit"
    form = secretariat.page(url).form("_lists")
    key = next(name for name, value in form.fields.items() if value == [WORDS])
    for name in [n for n in form.fields if n.startswith(key.rpartition("-")[0] + "-")]:
        del form.fields[name]
    refused = secretariat.submit(form, status=400)
    assert citing in refused.text
