"""What a part of the guide is made of: words in both languages, and examples that run."""

from dataclasses import dataclass

from ...words import Words

ADDRESS = "https://registry.example/api/v1"
"""Stands in every example; a page puts its own address there, and a test that of its server."""


@dataclass(frozen=True)
class Example:
    """The same question twice: at the terminal, and in Python with nothing installed.

    `refused`: the answer is an error, which is what the example shows.
    """

    title: Words
    curl: str
    python: str
    refused: bool = False

    def at(self, address: str) -> "Example":
        """The same example, for the API at `address`."""
        curl, python = (text.replace(ADDRESS, address) for text in (self.curl, self.python))
        return Example(self.title, curl, python, self.refused)


@dataclass(frozen=True)
class Part:
    """A part of the guide. In its words, `code` stands between backticks.

    `lines` is a list of points: what they are about, and what is said of it.
    """

    anchor: str
    title: Words
    text: tuple[Words, ...]
    lines: tuple[tuple[str, Words], ...] = ()
    examples: tuple[Example, ...] = ()
