"""Long texts are compared word by word."""

import pytest

from registry.history.differences import GONE, NEW, SAME, parts

OLD = "De samenwerking begint in 2020 met vier thema's en een plan van aanpak."


def test_only_the_words_that_differ_are_marked() -> None:
    new = OLD.replace("2020", "2021").replace(" en een plan van aanpak", "")
    assert parts(OLD, new) == [
        (SAME, "De samenwerking begint in "),
        (GONE, "2020"),
        (NEW, "2021"),
        (SAME, " met vier thema's"),
        (GONE, " en een plan van aanpak"),
        (SAME, "."),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("kort", "korter"), (OLD, "Iets heel anders, zonder enige overeenkomst met wat er was.")],
)
def test_what_is_short_or_another_text_is_read_whole(old: str, new: str) -> None:
    assert parts(old, new) == []


@pytest.mark.parametrize("new", [OLD + " En meer.", "Nu: " + OLD, OLD[:50], OLD.upper()[:40] + OLD])
def test_the_parts_are_the_two_texts(new: str) -> None:
    found = parts(OLD, new)
    assert "".join(text for what, text in found if what != NEW) == OLD
    assert "".join(text for what, text in found if what != GONE) == new


def test_neighbouring_changes_are_one_change() -> None:
    new = OLD.replace("begint in 2020", "startte na 2019")
    assert parts(OLD, new)[1:3] == [(GONE, "begint in 2020"), (NEW, "startte na 2019")]


def test_a_long_stretch_that_stayed_is_shortened() -> None:
    middle = " ".join(f"woord{n}" for n in range(200))
    first, gone, *others = parts(f"A {middle} Z", f"B {middle} Y")
    assert (first, gone) == ((GONE, "A"), (NEW, "B"))
    assert all(len(text) < 200 for _, text in others)


def test_texts_that_are_too_long_to_compare_are_read_whole() -> None:
    text = "a b " * 2500
    assert parts(text, text + "c") == []
