"""Numbers as people of each language write them."""

import pytest

from registry.forms.numbers import plain, written


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("17,5", "nl", "17.5"),
        ("17.5", "nl", "17.5"),
        ("1.300.000", "nl", "1300000"),
        ("1.234,50", "nl", "1234.50"),
        ("-0,5", "nl", "-0.5"),
        ("1 300 000", "nl", "1 300 000"),
        ("17.5", "en", "17.5"),
        ("1,300,000", "en", "1300000"),
        ("1,234.50", "en", "1234.50"),
        ("2020", "nl", "2020"),
        ("veel", "nl", "veel"),
        ("1,2,3", "nl", "1,2,3"),
    ],
)
def test_a_number_is_understood_or_left_for_the_schema_to_refuse(
    text: str, lang: str, number: str
) -> None:
    assert plain(text, lang) == number


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (17.5, "nl", "17,5"),
        (17.0, "nl", "17"),
        (17.5, "en", "17.5"),
        ("1250.50", "nl", "1250,50"),
        (1300000.0, "nl", "1300000"),
        (2020, "nl", "2020"),
    ],
)
def test_a_number_is_written_so_that_it_can_be_read_back(
    value: object, lang: str, text: str
) -> None:
    assert written(value, lang) == text
