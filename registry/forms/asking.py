"""Who is asked what: the actor, the language and the choices of one form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..access import Actor
from ..fields import Described
from ..words import Words
from .choices import Choices


@dataclass
class Asking:
    """Who is asked, in which language, with which choices."""

    actor: Actor
    lang: str
    choices: Choices
    paths: Mapping[str, str] = field(default_factory=dict)  # what a source can be a source of

    def say(self, words: Words | None) -> str:
        return words.in_(self.lang) if words else ""

    def asked(self, schema: Any) -> dict[str, Described]:
        """The fields of `schema` that this actor may fill in, by JSON name."""
        return {
            described.data_key or name: described
            for name, described in schema.described().items()
            if not described.dump_only
            and described.about.view <= self.actor.view
            and described.about.editors <= self.actor.view
        }
