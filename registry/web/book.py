"""What the rooms above enter for the pages: blueprints, panels, menu, and who is asking."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import Blueprint

from ..access import ANYBODY, Actor
from ..kind import Kind, kinds
from ..words import Words

Item = dict[str, Any]
View = dict[str, Any]


class Panel(Protocol):
    """A box on the page of a record with what points at it."""

    @property
    def on(self) -> Kind:
        """On whose pages it stands."""

    def view(self, record_id: int, reference: str) -> View | None:
        """The box, by one query; None where it has no place on this page."""


class Memory(Protocol):
    """What the room of history adds to the page of a record."""

    def removed(self, kind: Kind, actor: Actor, reference: str) -> str:
        """The page of a removed record, for who may see that. Raises NotFound."""

    def recent(self, kind: Kind, actor: Actor, record: Any, item: Item) -> list[View]:
        """The last entries that `actor` may see."""

    def known_at(self, kind: Kind, actor: Actor, reference: str, moment: Any) -> Any:
        """(record, item) as they stood at `moment`. Raises NotFound."""


@dataclass
class Screens:
    """How the screens of one kind differ from all others."""

    kind: Kind
    blueprint: Blueprint
    menu: Words | None = None
    facts: Callable[[], list[str]] | None = None
    notices: list[Callable[[Item], list[View]]] = field(default_factory=list)
    template: str = "show.html"
    more: Callable[[Item], View] | None = None
    panels: list[Panel] = field(default_factory=list)
    covers: tuple[str, ...] = ()
    beforehand: Callable[[], Item] | None = None
    """What stands in the form of a new record already."""


@dataclass(frozen=True)
class Place:
    """A page in the menu that belongs to no kind."""

    words: Words
    endpoint: str


class Book:
    """The book of the screens; one for the whole registry, as the rooms are."""

    def __init__(self) -> None:
        self.screens: dict[str, Screens] = {}
        self.pages: list[Blueprint] = []
        self.places: list[Place] = []
        self.identify: Callable[[], Actor] = lambda: ANYBODY
        self.memory: Memory | None = None
        self.tasks: list[Callable[[Actor], list[View]]] = []
        self.standing: list[Callable[[Actor, Any], list[View]]] = []
        self.beside: dict[str, list[tuple[Words, str]]] = {}

    def of(self, kind: Kind) -> Screens:
        """The screens of `kind`. Raises KeyError where it has none."""
        return self.screens[kind.name]

    def menu(self) -> Iterator[Screens]:
        """The screens that stand in the menu, in its order."""
        for kind in kinds():
            entered = self.screens.get(kind.name)
            if entered is not None and entered.menu is not None:
                yield entered

    def blueprints(self) -> Iterator[Blueprint]:
        """Everything that has addresses."""
        yield from self.pages
        for entered in self.screens.values():
            yield entered.blueprint


book = Book()


def panel(entry: Panel) -> None:
    """Enter a panel on the page of a lower room's record."""
    book.screens[entry.on.name].panels.append(entry)


def notice(kind: Kind, told: Callable[[Item], list[View]]) -> None:
    """Enter what a higher room has to say above the page of a lower room's record."""
    book.of(kind).notices.append(told)


def beside(kind: Kind, words: Words, endpoint: str) -> None:
    """Enter another way to look at the records of `kind`: its list leads there."""
    book.beside.setdefault(kind.name, []).append((words, endpoint))


def blueprint(kind: Kind) -> Blueprint:
    """The one blueprint of `kind`: other rooms add their addresses before the app is composed."""
    return book.of(kind).blueprint


def pages(entry: Blueprint) -> Blueprint:
    """Enter a blueprint that belongs to no kind, such as the home page."""
    if entry not in book.pages:
        book.pages.append(entry)
    return entry


def place(endpoint: str, words: Words) -> None:
    """Enter a page in the menu, before the lists."""
    if (entry := Place(words, endpoint)) not in book.places:
        book.places.append(entry)


def identified_by(who: Callable[[], Actor]) -> None:
    """Say how the actor of a request is found."""
    book.identify = who
