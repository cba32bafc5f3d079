"""How each plain type of field is asked: what is drawn of a value, and what is read back."""

from collections.abc import Mapping
from typing import Any

from wtforms.fields.core import UnboundField

from .. import clock
from ..db import rfc3339
from ..fields import Described, Whole
from ..words import Words
from . import numbers
from .asking import Asking
from .posted import Posted, blank
from .widgets import LONG, Line, Needed, Offer, Paragraphs, Pick, Tick, Unseen

CHOOSE = Words("– kies –", "– choose –")


class Control:
    """How one type of field is asked. An answer is text, unless a control says otherwise."""

    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        """The answer that stands for `value`."""
        return "" if value is None else str(value)

    def posted(self, described: Any, name: str, posted: Posted, asking: Asking) -> Any:
        """The answer that was posted under `name`; None where there was none."""
        return posted.values.get(name)

    def read(self, described: Any, answer: Any, current: Any, asking: Asking) -> Any:
        """What the schema gets for an answer: blank is null."""
        return None if blank(answer) else answer

    def shown(self, described: Any, answer: Any, asking: Asking) -> str:
        """The answer in words, to lay two versions side by side."""
        return str(answer or "")

    def field(self, described: Any, asking: Asking) -> UnboundField:
        return Line(**self.about(described, asking))

    def about(self, described: Described, asking: Asking) -> dict[str, Any]:
        """The label, hint and mark that every field has."""
        return {
            "label": asking.say(described.about.words),
            "description": asking.say(described.about.hint),
            "validators": [Needed()] if described.required else [],
        }


class LongTextControl(Control):
    def field(self, described: Any, asking: Asking) -> UnboundField:
        rows = 3 if described.max_length <= 1000 else 6
        return Paragraphs(**self.about(described, asking), render_kw={"rows": rows})


class LinkControl(Control):
    def field(self, described: Any, asking: Asking) -> UnboundField:
        return Line(**self.about(described, asking), type_="url")


class NumberControl(Control):
    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        return "" if value is None else numbers.written(value, asking.lang)

    def read(self, described: Any, answer: Any, current: Any, asking: Asking) -> Any:
        return None if blank(answer) else numbers.plain(answer, asking.lang)

    def field(self, described: Any, asking: Asking) -> UnboundField:
        mode = "numeric" if isinstance(described, Whole) else "decimal"
        return Line(**self.about(described, asking), render_kw={"inputmode": mode})


class FlagControl(Control):
    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        return "true" if value else "false"

    def read(self, described: Any, answer: Any, current: Any, asking: Asking) -> Any:
        return answer

    def shown(self, described: Any, answer: Any, asking: Asking) -> str:
        words = Words("ja", "yes") if answer == "true" else Words("nee", "no")
        return asking.say(words)

    def field(self, described: Any, asking: Asking) -> UnboundField:
        return Tick(**self.about(described, asking))


class DayControl(Control):
    def field(self, described: Any, asking: Asking) -> UnboundField:
        return Line(**self.about(described, asking), type_="date")


class MomentControl(DayControl):
    """Asked as a day. A moment within that day stays, where the day is left alone."""

    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        return clock.day_of(value).isoformat() if value else ""

    def read(self, described: Any, answer: Any, current: Any, asking: Asking) -> Any:
        if current and answer == self.drawn(described, current, asking):
            return rfc3339(current)
        return super().read(described, answer, current, asking)


class PickControl(Control):
    """One of a list of choices, which a subclass knows."""

    def offered(self, described: Any, asking: Asking) -> Mapping[str, str]:
        raise NotImplementedError

    def shown(self, described: Any, answer: Any, asking: Asking) -> str:
        return self.offered(described, asking).get(answer or "", answer or "")

    def field(self, described: Any, asking: Asking) -> UnboundField:
        offered = self.offered(described, asking)
        look = {"class": "js-choose"} if len(offered) > LONG else {}
        offer = Offer(offered, asking.say(CHOOSE))
        return Pick(**self.about(described, asking), offer=offer, render_kw=look)


class CodeControl(PickControl):
    """A code of a vocabulary. How something is known is the secretariat's to judge: what
    somebody else fills in is reported by them."""

    def offered(self, described: Any, asking: Asking) -> Mapping[str, str]:
        return asking.choices.terms(described.of)

    def shown(self, described: Any, answer: Any, asking: Asking) -> str:
        return asking.choices.label(described.of, answer) if answer else ""

    def field(self, described: Any, asking: Asking) -> UnboundField:
        if described.of == "basis" and not asking.actor.editorial:
            return Unseen(default="reported")
        return super().field(described, asking)


class RefControl(PickControl):
    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        return (value.get("reference") if isinstance(value, Mapping) else value) or ""

    def offered(self, described: Any, asking: Asking) -> Mapping[str, str]:
        return asking.choices.records(described.to)


class FieldPathControl(PickControl):
    def offered(self, described: Any, asking: Asking) -> Mapping[str, str]:
        return asking.paths
