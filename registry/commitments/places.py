"""Where a commitment was made: {event, document}, one field on two columns."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from ..fields import Described, Ref, fail
from ..sources.models import Document, Event

Place = tuple[Event | None, Document | None]


class MadeAt(Described):
    """The place of a commitment: an object with an event and a document, each may be null."""

    parts: Mapping[str, Ref] = {
        "event": Ref("Gedaan in", "Event", to=Event),
        "document": Ref("Kamerstuk", "Document", to=Document),
    }

    def _serialize(self, value: Place | None, attr: Any, obj: Any, **kw: Any) -> Any:
        pair = zip(self.parts.items(), value or (None, None), strict=True)
        return {name: ref._serialize(to, name, obj) for (name, ref), to in pair}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> Place:
        if not isinstance(value, Mapping) or set(value) - set(self.parts):
            raise fail(
                "Give an object with event and document.",
                "Geef een object met event en document.",
                "wrong_type",
            )
        errors: dict[str, Any] = {}
        found: dict[str, Any] = {}
        for name, ref in self.parts.items():
            try:
                found[name] = ref.deserialize(value.get(name))
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        return found["event"], found["document"]

    def expression(self, compiler: Any, model: Any) -> Any:
        """The SQL twin."""
        return compiler.object_(
            [
                (name, compiler.following(name).field(ref, model, f"made_at_{name}"))
                for name, ref in self.parts.items()
            ]
        )
