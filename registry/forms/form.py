"""The form of one kind: drawn from a record, filled from a post, read as a payload."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from .. import schema as schemas
from ..access import Actor, acting_as
from ..errors import Invalid
from ..fields import Policy, Rows, json_name
from ..kind import Kind
from ..words import Words
from . import mapping, pasting, policy, refusal, versions
from .asking import Asking
from .choices import Choices
from .paths import paths_of
from .posted import Posted, printable
from .sections import sections
from .widgets import Unseen

MANY = 4
"""From so many rows on, those that are as stored are folded."""


class DictionaryForm:
    """A form read off any schema, to make something new or to change what `current` says.

    `beforehand` stands in a new form already; without it, what the schema loads by default.
    `answers` is what stands in the form, as text by JSON name: a row is a mapping, a list a list.
    """

    def __init__(
        self,
        schema: Any,
        actor: Actor,
        lang: str,
        current: Mapping[str, Any] | None = None,
        *,
        beforehand: Mapping[str, Any] | None = None,
    ) -> None:
        self.schema = schema
        self.asking = Asking(actor, lang, Choices(actor, lang))
        self.current = current or {}
        self.fields = self.asking.asked(schema)
        values = self.current or beforehand or self._defaults()
        self.stored = mapping.draw(schema, values, self.asking)
        self.answers: dict[str, Any] = dict(self.stored)
        self.posted: dict[str, Any] = {}
        self.base = versions.digests(self.stored)
        self.disputed: dict[str, str] = {}
        self.errors: dict[str, Any] = {}

    def offer(self, model: Any, records: Mapping[str, str]) -> None:
        """Let people choose only these records of `model`: reference → title."""
        self.asking.choices.only(model, records)

    def take(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Lay what was posted over the form. Whatever it is, this does not fail."""
        posted = Posted(pairs)
        self.posted = mapping.take(self.schema, posted, self.asking)
        self.answers |= self.posted
        self.base = versions.posted_digests(posted) or self.base
        self.disputed = versions.chosen(posted, self.fields)

    def payload(self) -> dict[str, Any]:
        """What was posted, for the schema."""
        return self._read(set())

    def _read(self, but: set[str]) -> dict[str, Any]:
        answered = {name: a for name, a in self.posted.items() if name not in but}
        return mapping.read(self.schema, answered, self.current, self.asking)

    def change_rows(self, pairs: Iterable[tuple[str, str]]) -> bool:
        """Add, paste or remove rows when a button of a list was pressed; whether one was."""
        pressed = dict(pairs)
        name, _, number = pressed.get("_remove", "").partition("-")
        if self._listed(pressed.get("_add", "")):
            self.answers[pressed["_add"]] = [*self.answers[pressed["_add"]], {}]
        elif self._listed(pressed.get("_paste", "")):
            name = pressed["_paste"]
            self._paste(name, pressed.get(pasting.PASTE + name, ""))
        elif self._listed(name) and number.isascii() and number.isdigit():
            rows = enumerate(self.answers[name])
            self.answers[name] = [row for index, row in rows if str(index) != number]
        return not {"_add", "_paste", "_remove"}.isdisjoint(pressed)

    def _paste(self, name: str, text: str) -> None:
        """Put the pasted rows after those that say something."""
        field: Any = self.fields[name]
        with acting_as(self.asking.actor):
            rows, wrong = pasting.pasted(field, text, self.asking)
        there = self.answers[name]
        kept = [r for r in there if not mapping.vacant(field.schema, r, self.asking)]
        self.answers[name] = [*kept, *rows]
        for (index, inner), why in wrong.items():
            self.errors.setdefault(f"{name}-{len(kept) + index}-{inner}", []).append(why)

    def refuse(self, refused: Invalid) -> None:
        """Show the reasons of a refusal at their fields, and the row that it asks for."""
        for name, reasons in refused.errors.items():
            if self._listed(name) and isinstance(reasons, Mapping):
                rows = self.answers[name]
                if len(rows) in reasons:
                    self.answers[name] = [*rows, {}]
        self.errors = refusal.placed(self.schema, refused.errors, self.answers, self.asking)

    def drawn(self) -> dict[str, Any]:
        """The WTForms form, its sections and the summary of its errors, for the template."""
        form = BaseForm(mapping.fields(self.schema, self.asking), meta=DefaultMeta())
        form.process(data=self._bounded())
        summary = refusal.shown(form, self.errors, self.asking)
        self._fold(form)
        hidden = {
            "_lists": " ".join(name for name, f in self.fields.items() if isinstance(f, Rows)),
            "_base": " ".join(f"{name}:{digest}" for name, digest in self.base.items()),
        }
        travelling = [_travelling(form, name, value) for name, value in hidden.items()]
        parts = sections(form, self.fields, travelling, self.asking)
        parts[:0] = versions.choosing(form, self)
        return {"form": form, "sections": parts, "error_summary": summary}

    def _fold(self, form: BaseForm) -> None:
        """In a long list, rows that are as stored are drawn as one line of words."""
        for name, field in self.fields.items():
            stored = self.stored[name]
            if not isinstance(field, Rows) or len(stored) < MANY:
                continue
            show = mapping.RowsControl().row
            for entry, answer in zip(form[name].entries, self.answers[name], strict=False):
                if answer in stored and not any(sub.errors for sub in entry.form):
                    entry.words = show(field, answer, self.asking)

    def _listed(self, name: str) -> bool:
        return isinstance(self.fields.get(name), Rows)

    def _bounded(self) -> Mapping[str, Any]:
        return {
            name: printable(answer[: mapping.MOST] if isinstance(answer, list) else answer)
            for name, answer in self.answers.items()
        }

    def _defaults(self) -> dict[str, Any]:
        values = {name: field.load_default for name, field in self.fields.items()}
        return {name: value for name, value in values.items() if isinstance(value, str)}


class SchemaForm(DictionaryForm):
    """The form to register a record of `kind`, or to change `entity`. With what somebody
    `proposed`, the whole record as it would be, that stands in it; what is stored stays what a
    change is measured by."""

    def __init__(
        self,
        kind: Kind,
        actor: Actor,
        lang: str,
        entity: Any = None,
        *,
        beforehand: Mapping[str, Any] | None = None,
        proposed: Mapping[str, Any] | None = None,
    ) -> None:
        self.kind = kind
        schema = kind.schema()
        with acting_as(actor):
            current = schemas.editable(schema, entity) if entity is not None else None
        super().__init__(schema, actor, lang, current, beforehand=beforehand)
        if proposed is not None:
            self.current = proposed
            self.answers = mapping.draw(schema, proposed, self.asking)
        there = self.answers if entity is not None else {}
        self.asking.paths = paths_of(self.fields, there, self.asking)

    def payload(self) -> dict[str, Any]:
        """What was posted: of a record that exists, only what changes, and not what was chosen
        to stay as it is stored."""
        return self._read(self.unchanged())

    def unchanged(self) -> set[str]:
        """What was posted and stays as it is stored."""
        keep = {name for name, choice in self.disputed.items() if choice == versions.THEIRS}
        if self.current:
            keep |= {n for n, a in self.posted.items() if versions.same(a, self.stored[n])}
        return keep

    @property
    def title_field(self) -> str:
        """The JSON name of the field that names the record."""
        return json_name(self.kind.title_field)

    def readings(self) -> Iterator[tuple[str, Words]]:
        """What the reader should know of how newly written words of time were read."""
        for name, described in self.fields.items():
            if isinstance(described, Policy) and name in self.posted:
                words = self.posted[name].get("text", "")
                if words and self.posted[name] != self.stored[name]:
                    label = self.asking.say(described.about.words)
                    yield from ((label, notice) for notice in policy.notices(words))


def _travelling(form: BaseForm, name: str, value: str) -> Any:
    field = Unseen().bind(form=form, name=name)
    field.process(None, value)
    return field
