"""As many of everything as the letters hold; one occurrence is one record."""

from collections import Counter

import pytest

from tests.letters.reading import LETTER_370, LETTER_405, Letters


def test_27_organisations_are_named(read: Letters) -> None:
    assert len([p for p in read.all("partner").values() if not p["isGroup"]]) == 27


def test_27_groups_are_named_only_as_a_category(read: Letters) -> None:
    assert len([p for p in read.all("partner").values() if p["isGroup"]]) == 27


@pytest.mark.parametrize(("phase", "names"), [("current", 4), ("later", 1)])
def test_there_are_four_current_themes_and_one_later(read: Letters, phase: str, names: int) -> None:
    assert Counter(t["phase"] for t in read.all("theme").values())[phase] == names


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("sector", 9),
        ("group", 15),
        ("initiative", 23),
        ("commitment", 31),
        ("cause", 31),
        ("view", 9),
        ("event", 16),
        ("plan", 1),
    ],
)
def test_there_are_as_many_as_the_letters_hold(read: Letters, kind: str, number: int) -> None:
    assert len(read.all(kind)) == number


def test_commitments_are_counted_by_how_hard_they_were_said(read: Letters) -> None:
    assert Counter(c["strength"] for c in read.all("commitment").values()) == {
        "promise": 5,
        "motion": 1,
        "announcement": 22,
        "intention": 1,
        "aim": 1,
        "expectation": 1,
    }


def test_commitments_are_counted_by_how_they_stand_at_the_end_of_2020(read: Letters) -> None:
    assert Counter(c["status"] for c in read.all("commitment").values()) == {
        "met": 11,
        "partly_met": 1,
        "ongoing": 3,
        "untraceable": 1,
        "open": 15,
    }


def test_28_milestones_and_dated_facts_are_15_milestones_and_13_events(read: Letters) -> None:
    milestones = set(read.all("milestone"))
    assert milestones == {f"M{n:02}" for n in (1, 6, 8, 11, 12, *range(18, 23), *range(24, 29))}
    events = "E01 E10 E02 E09a E09b E03 E06 E07 E04 E09d E08 E09e E11".split()
    assert len(milestones) + len(set(events) & set(read.all("event"))) == 28


def test_the_plan_has_the_milestones_that_the_letter_tells_of_the_collaboration(
    read: Letters,
) -> None:
    """The trajectory with the SER, the convention and the platform run beside it."""
    plan = read["plan-bms"]["reference"]
    milestones = read.all("milestone").items()
    own = {id_ for id_, m in milestones if m["plan"] and m["plan"]["reference"] == plan}
    assert own == {"M18", "M21", "M22", "M27"}
    told = ("ambition", "needs", "opportunities", "threats", "lead")
    assert [read["plan-bms"][name] for name in told] == [None] * 5
    assert len(read["plan-bms"]["themes"]) == 4


def test_a_milestone_was_reached_when_the_letter_says_so(read: Letters) -> None:
    done = {
        id_: row["from"]["text"]
        for id_, milestone in read.all("milestone").items()
        for row in milestone["states"]
        if row["state"] == "done"
    }
    assert done == {
        "M01": "in 2018",
        "M06": "eind 2019",
        "M08": "begin 2020",
        "M11": "in 2020",
        "M12": "dit jaar",
        "M18": "inmiddels",
        "M19": "december 2020",
    }


def test_22_figures_are_22_observations(read: Letters) -> None:
    assert sum(len(i["observations"]) for i in read.all("indicator").values()) == 22


def test_there_are_12_kamerstukken(read: Letters) -> None:
    assert sorted(d["identification"] for d in read.all("document").values() if d["dossier"]) == [
        "25 883, nr. 361",
        "25 883, nr. 365",
        "25 883, nr. 370",
        "25 883, nr. 383",
        "25 883, nr. 394",
        "25 883, nr. 400",
        "25 883, nr. 405",
        "29 544, nr. 1028",
        "29 544, nr. 911",
        "32 793, nr. 496",
        "32 793, nr. 510",
        "35 000 XV, nr. 49",
    ]


@pytest.mark.parametrize(
    ("letter", "footnotes"),
    [
        (LETTER_405, {str(n) for n in range(1, 25) if n != 21}),
        (LETTER_370, {str(n) for n in range(1, 7)}),
    ],
)
def test_every_footnote_leads_to_a_document(
    read: Letters, letter: str, footnotes: set[str]
) -> None:
    """Only footnote 21 of letter 405 names no document: it lists who takes part."""
    assert {r["footnote"] for r in read[letter]["relations"] if r["footnote"]} == footnotes


def test_initiatives_are_counted_by_their_relation_to_the_collaboration(read: Letters) -> None:
    assert Counter(i["relation"] for i in read.all("initiative").values()) == {
        "part_of": 2,
        "shared_in": 8,
        "beside": 8,
        None: 5,
    }


def test_what_the_classification_leaves_out_is_not_classified(read: Letters) -> None:
    left = {id_ for id_, i in read.all("initiative").items() if not i["themes"]}
    assert left == {"I01", "I08", "I15", "I18"}


def test_everything_is_published_for_everybody(read: Letters) -> None:
    kinds = {kind for kind, _ in read.places.values()}
    assert {(i["workflow"], i["audience"]) for k in kinds for i in read.all(k).values()} == {
        ("published", "public")
    }
