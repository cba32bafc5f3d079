"""What comes of a meeting: minutes that can be cited, and action points that are agreements."""

from typing import Any

import pytest

from registry import editing
from registry.access import Actor
from registry.commitments.schemas import COMMITMENT
from registry.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.meetings.commands import Agreed, agree, publish_minutes
from registry.meetings.schemas import MEETING
from registry.past import verification
from registry.sources.schemas import DOCUMENT
from tests.factories import Make
from tests.meetings.conftest import FIRST, SECOND

Actors = dict[str, Actor]
pytestmark = pytest.mark.usefixtures("session")


def revise(actors: Actors, meeting: Any, **payload: Any) -> None:
    editing.revise(actors["secretariat"], MEETING, meeting, payload)


def told(document: Any) -> list[tuple[str, str]]:
    return [(passage.section, passage.quote) for passage in document.passages]


# --- the minutes --------------------------------------------------------------------------


def test_the_minutes_have_a_passage_per_decision_in_its_exact_words(
    meeting: Any, minutes: Any
) -> None:
    assert told(minutes) == [("Besluit 1", FIRST), ("Besluit 2", SECOND)]
    assert (minutes.kind, minutes.official_date.isoformat()) == ("minutes", "2021-03-02")
    assert meeting.minutes is minutes


def test_the_minutes_are_for_the_readers_of_the_meeting(
    meeting: Any, minutes: Any, actors: Actors
) -> None:
    assert (minutes.record.state, minutes.record.audience) == ("published", "core_group")
    assert editing.one(DOCUMENT, actors["member"], minutes.reference)
    with pytest.raises(NotFound):
        editing.one(DOCUMENT, actors["partner"], minutes.reference)


def test_who_reads_the_meeting_later_reads_the_minutes_once_they_are_adopted_again(
    meeting: Any, minutes: Any, actors: Actors
) -> None:
    editing.publish(actors["secretariat"], MEETING, meeting, audience="public")
    publish_minutes(actors["secretariat"], meeting)
    assert minutes.record.audience == "public"


def test_a_decision_can_be_cited_from_any_record(make: Make, minutes: Any) -> None:
    source = {"field": "title", "document": minutes.reference, "quote": FIRST, "basis": "stated"}
    entity = make("initiative", sources=[source])
    assert entity.sources[0].passage.section == "Besluit 1"


def test_minutes_that_did_not_change_are_not_adopted_again(
    meeting: Any, minutes: Any, actors: Actors
) -> None:
    with pytest.raises(Conflict):
        publish_minutes(actors["secretariat"], meeting)


def test_a_passage_follows_its_decision(meeting: Any, minutes: Any, actors: Actors) -> None:
    keys = [row.key for row in meeting.decisions]
    rows = [{"key": keys[0]}, {"text": "Nieuw besluit"}, {"key": keys[1], "text": "Anders gezegd"}]
    revise(actors, meeting, decisions=rows)
    publish_minutes(actors["secretariat"], meeting)
    found = editing.one(DOCUMENT, actors["secretariat"], minutes.reference)
    assert told(found) == [
        ("Besluit 1", FIRST),
        ("Besluit 2", "Nieuw besluit"),
        ("Besluit 3", "Anders gezegd"),
    ]
    assert [p.key for p in found.passages][::2] == keys


def test_a_decision_that_is_cited_stays_in_the_minutes(
    make: Make, meeting: Any, minutes: Any, actors: Actors
) -> None:
    source = {"field": "title", "document": minutes.reference, "quote": FIRST, "basis": "stated"}
    citing = make.reference("initiative", sources=[source])
    revise(actors, meeting, decisions=[{"key": meeting.decisions[1].key}], actions=[])
    with pytest.raises(Invalid) as caught:
        publish_minutes(actors["secretariat"], meeting)
    (message,) = caught.value.errors["passages"]
    assert citing in message


def test_what_the_secretariat_added_to_the_minutes_stays(
    meeting: Any, minutes: Any, actors: Actors
) -> None:
    kept = [{"key": passage.key} for passage in minutes.passages]
    rows = [*kept, {"quote": "De voorzitter dankt allen.", "section": "Rondvraag"}]
    editing.revise(actors["secretariat"], DOCUMENT, minutes, {"passages": rows})
    revise(actors, meeting, decisions=[{"key": meeting.decisions[0].key}], actions=[])
    publish_minutes(actors["secretariat"], meeting)
    found = editing.one(DOCUMENT, actors["secretariat"], minutes.reference)
    assert told(found) == [("Besluit 1", FIRST), ("Rondvraag", "De voorzitter dankt allen.")]


def test_a_draft_has_no_readers_yet(make: Make, actors: Actors) -> None:
    draft = make("meeting", state="draft")
    with pytest.raises(Conflict):
        publish_minutes(actors["secretariat"], draft)


def test_a_decision_about_what_the_readers_may_not_see_is_not_told_to_them(
    make: Make, actors: Actors
) -> None:
    about = {"text": FIRST, "initiative": make.reference("initiative", state="draft")}
    meeting = make("meeting", decisions=[about])
    with pytest.raises(Invalid) as caught:
        publish_minutes(actors["secretariat"], meeting)
    assert set(caught.value.errors["decisions"][0]) == {"initiative"}
    assert meeting.minutes is None


def test_another_document_is_not_overwritten(make: Make, actors: Actors) -> None:
    letter = make("document", title="Kamerbrief", payload={"kind": "letter"})
    meeting = make("meeting", minutes=letter.reference)
    with pytest.raises(Conflict):
        publish_minutes(actors["secretariat"], meeting)
    assert letter.title == "Kamerbrief"


@pytest.mark.parametrize("who", ["member", "other_member", "partner", "public"])
def test_only_the_secretariat_adopts_and_agrees(meeting: Any, actors: Actors, who: str) -> None:
    for refused in (publish_minutes, lambda a, m: agree(a, m, "uitnodigen")):
        with pytest.raises((Forbidden, NotFound)):
            refused(actors[who], meeting)


def test_a_meeting_that_moved_on_is_not_adopted(meeting: Any, actors: Actors) -> None:
    seen = meeting.record.version
    revise(actors, meeting, place="Den Haag")
    with pytest.raises(Stale):
        publish_minutes(actors["secretariat"], meeting, version=seen)


# --- the agreements -----------------------------------------------------------------------


def test_an_action_point_becomes_an_agreement_of_its_owner(
    meeting: Any, minutes: Any, actors: Actors, owner: str
) -> None:
    made = agree(actors["secretariat"], meeting, "uitnodigen")
    found = editing.one(COMMITMENT, actors["member"], made.reference)
    assert (found.text, found.strength) == ("Nodigt de werkgroep uit", "agreement")
    assert [row.partner.reference for row in found.by] == [owner]
    assert found.due.text == "1 april 2021"
    assert found.made_at_document is minutes
    assert [(s.field, s.passage.quote, s.basis) for s in found.sources] == [
        ("text", SECOND, "derived")
    ]
    assert [row.commitment for row in meeting.actions] == [made, None]


def test_the_readers_of_the_meeting_see_the_agreement_and_no_others(
    meeting: Any, actors: Actors
) -> None:
    made = agree(actors["secretariat"], meeting, "uitnodigen")
    assert made.record.audience == "core_group"
    with pytest.raises(NotFound):
        editing.one(COMMITMENT, actors["partner"], made.reference)


def test_without_minutes_an_agreement_has_no_source(meeting: Any, actors: Actors) -> None:
    made = agree(actors["secretariat"], meeting, "uitnodigen")
    assert (made.sources, made.made_at_document) == ([], None)


def test_an_action_point_becomes_an_agreement_once(meeting: Any, actors: Actors) -> None:
    made = agree(actors["secretariat"], meeting, "uitnodigen")
    with pytest.raises(Agreed) as caught:
        agree(actors["secretariat"], meeting, "uitnodigen")
    assert caught.value.reference == made.reference
    for lang in ("nl", "en"):
        assert made.reference in caught.value.detail.in_(lang)


def test_nobody_agrees_to_what_has_no_owner(meeting: Any, actors: Actors) -> None:
    with pytest.raises(Invalid) as caught:
        agree(actors["secretariat"], meeting, "zaal")
    assert set(caught.value.errors["actions"][1]) == {"owner"}
    assert meeting.actions[1].commitment is None


def test_an_action_point_that_is_not_there_is_not_found(meeting: Any, actors: Actors) -> None:
    with pytest.raises(NotFound):
        agree(actors["secretariat"], meeting, "niets")


def test_an_action_point_follows_from_a_decision_that_is_there(make: Make) -> None:
    row = {"text": "Doet iets", "state": "open", "decision": 1}
    with pytest.raises(Invalid) as caught:
        make("meeting", actions=[row])
    assert set(caught.value.errors["actions"][0]) == {"decision"}


def test_the_history_tells_it_all_again(meeting: Any, minutes: Any, actors: Actors) -> None:
    agree(actors["secretariat"], meeting, "uitnodigen")
    revise(actors, meeting, decisions=[{"key": meeting.decisions[1].key}], actions=[])
    publish_minutes(actors["secretariat"], meeting)
    assert verification.verify() is None
