"""The types of fields in the dictionary of an entity. Each knows its words in both languages,
what it is for (fact, search, filter, sort, column), who may see it, and its rules."""

from .base import UNREADABLE, About, Described, fail
from .domain import Computed, Current, Policy, Ref, Rows, Through, current, find, json_name, pointer
from .plain import (
    Amount,
    Code,
    Currency,
    Day,
    FieldPath,
    Flag,
    Instant,
    Link,
    LongText,
    Number,
    Text,
    Whole,
)

__all__ = [
    "UNREADABLE",
    "About",
    "Amount",
    "Code",
    "Computed",
    "Currency",
    "Current",
    "Day",
    "Described",
    "FieldPath",
    "Flag",
    "Instant",
    "Link",
    "LongText",
    "Number",
    "Policy",
    "Ref",
    "Rows",
    "Text",
    "Through",
    "Whole",
    "current",
    "fail",
    "find",
    "json_name",
    "pointer",
]
