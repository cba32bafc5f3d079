"""The book of letters: what is written for a topic of the outbox, and to whom.

A room that wants mail enters a letter for its topic here; it never sends."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..accounts.models import Account
from ..db import session

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Letter:
    """What somebody gets to read, in plain text."""

    subject: str
    text: str
    to: str | None = None  # where it goes, if not to the address of the account


class Undeliverable(Exception):
    """This row will never be a letter: trying again is of no use."""


Writer = Callable[[Account, Payload], Letter]
Spread = Callable[[Payload], Iterable[int]]
LETTERS: dict[str, Writer] = {}
SPREADS: dict[str, Spread] = {}


def letter(topic: str) -> Callable[[Writer], Writer]:
    """Enter the writer of the letters of `topic`."""

    def enter(writer: Writer) -> Writer:
        LETTERS[topic] = writer
        return writer

    return enter


def spread(topic: str) -> Callable[[Spread], Spread]:
    """Enter who gets the letters of `topic` where its row does not name one account itself."""

    def enter(chosen: Spread) -> Spread:
        SPREADS[topic] = chosen
        return chosen

    return enter


def receiver(payload: Payload) -> Account:
    """Whose letter this is. Raises Undeliverable for who is not (or no longer) there."""
    if payload["account"] is None:
        raise Undeliverable("nobody has that address")
    account = session().get(Account, payload["account"], populate_existing=True)
    if account is None or not account.active:
        raise Undeliverable("the account is closed")
    return account


def write(topic: str, account: Account, payload: Payload) -> Letter:
    """The letter of a row. Raises Undeliverable."""
    if topic not in LETTERS:
        raise Undeliverable(f"there is no letter for {topic!r}")
    return LETTERS[topic](account, payload)
