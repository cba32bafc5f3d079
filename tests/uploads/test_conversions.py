"""What people write in a cell is read as they mean it, or stays for the schema to refuse."""

import pytest

from registry.exchange.conversions import converted, day
from registry.fields import Amount, Day, Flag, Number, Whole
from registry.tables import Plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-02-01", "2021-02-01"),
        ("1-2-2021", "2021-02-01"),
        ("01/02/2021", "2021-02-01"),
        ("1.2.2021", "2021-02-01"),
        ("1 februari 2021", "2021-02-01"),
        ("44228", "2021-02-01"),
        (Plain("44228"), "2021-02-01"),
        (Plain("2021-02-01 00:00:00"), "2021-02-01"),
        ("31-13-2021", "2021-13-31"),
        ("medio 2021", "medio 2021"),
        ("", ""),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, read: str) -> None:
    assert day(written) == read


@pytest.mark.parametrize(
    ("field", "written", "lang", "read"),
    [
        (Amount("", ""), "1.234,50", "nl", "1234.50"),
        (Amount("", ""), "€ 1.234,50", "nl", "1234.50"),
        (Amount("", ""), "1,234.50", "en", "1234.50"),
        (Amount("", ""), Plain("1250.5"), "nl", "1250.5"),
        (Whole("", ""), "12.345", "nl", 12345),
        (Whole("", ""), "12.345", "en", "12.345"),
        (Number("", ""), "1,5", "nl", 1.5),
        (Number("", ""), Plain("1.234"), "nl", 1.234),
        (Number("", ""), "veel", "nl", "veel"),
        (Flag("", ""), "Ja", "nl", True),
        (Flag("", ""), "onwaar", "nl", False),
        (Flag("", ""), "misschien", "nl", "misschien"),
        (Day("", ""), "1-2-2021", "nl", "2021-02-01"),
    ],
)
def test_a_cell_is_read_for_its_field(field: Number, written: str, lang: str, read: object) -> None:
    assert converted(field, written, lang) == read
