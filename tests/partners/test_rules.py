"""A number in another register belongs to one organisation."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.errors import Invalid
from registry.kind import kind_named
from tests.factories import Make, minimal

KVK: dict[str, Any] = {"identifiers": [{"scheme": "kvk", "value": "12345678"}]}


def test_a_second_organisation_with_the_number_is_refused_and_told_whose_it_is(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    first = make.reference("partner", **KVK)
    with pytest.raises(Invalid) as caught:
        editing.create(actors["secretariat"], kind_named("partner"), minimal("partner", **KVK))
    (message,) = caught.value.errors["identifiers"][0]["value"]
    assert first in message.in_("nl")


def test_the_same_number_of_another_scheme_is_another_number(make: Make) -> None:
    make("partner", **KVK)
    make("partner", identifiers=[{"scheme": "other", "value": "12345678"}])


def test_a_number_of_an_organisation_that_was_removed_is_free_again(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    first = make("partner", **KVK)
    editing.remove(actors["secretariat"], kind_named("partner"), first, reason="Dubbel")
    make("partner", **KVK)
