"""The WTForms fields and widgets that draw an answer. They hold no rules and refuse nothing."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from wtforms import FieldList, FormField, SelectField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, HiddenInput, Select, TextInput, html_params

LONG = 15
"""From so many choices on, a select can be searched."""


class Needed:
    """Marks a field as required for people and screen readers; the schema holds the rule."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to check."""


class TickBox(CheckboxInput):
    """A checkbox behind a hidden "false", so that an unticked box is an answer too."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        unticked = Markup('<input type="hidden" name="{}" value="false">').format(field.name)
        kwargs.setdefault("value", "true")
        return unticked + Markup(super().__call__(field, **kwargs))  # noqa: S704  # is markup


class Tick(StringField):
    """Whether something is so: "true" or "false"."""

    widget = TickBox()

    def _value(self) -> str:
        return "true"

    @property
    def checked(self) -> bool:
        return bool(self.data == "true")


class Line(StringField):
    """Text on one line, of an HTML type."""

    def __init__(self, *args: Any, type_: str = "text", **kwargs: Any) -> None:
        super().__init__(*args, widget=TextInput(type_), **kwargs)


class Paragraphs(TextAreaField):
    """Text of several lines."""


class Unseen(StringField):
    """A value that travels with the form."""

    widget = HiddenInput()


class Offer:
    """The choices of a select, written out once for all the rows that choose from them."""

    def __init__(self, labels: Mapping[str, str], empty: str) -> None:
        self.labels = labels
        option = Markup('<option value="{}">{}</option>')
        self.written = {v: option.format(v, label) for v, label in {"": empty, **labels}.items()}

    def html(self, chosen: str) -> Markup:
        """All options. A value that is not (or no longer) among them stays, by its own name."""
        marked = Markup('<option selected value="{}">{}</option>')
        label = self.labels.get(chosen, chosen) if chosen else ""
        one = {chosen: marked.format(chosen, label)} if chosen else {}
        return Markup("").join({**self.written, **one}.values())


class Chooser(Select):
    """A select of an offer."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        needed = {"required": True} if field.flags.required else {}
        attributes = html_params(name=field.name, id=field.id, **needed, **kwargs)
        options = field.offer.html(field.data or "")
        return Markup("<select {}>{}</select>").format(Markup(attributes), options)  # noqa: S704  # is markup


class Pick(SelectField):
    """One of many."""

    widget = Chooser()

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, choices=[], validate_choice=False, **kwargs)
        self.offer = offer


class Group(FormField):
    """Several parts of one value; `form_class` is the mapping of their fields.

    Parts named in `folded` are drawn behind `fold_label` until they are needed. A row with
    `words` is drawn as those words, to be opened.
    """

    words = ""

    def __init__(
        self, fields: Any, *args: Any, folded: tuple[str, ...] = (), fold_label: str = "", **kw: Any
    ) -> None:
        super().__init__(fields, *args, **kw)
        self.folded, self.fold_label = folded, fold_label

    @property
    def open(self) -> bool:
        """Whether something stands in a folded part, or is wrong with it."""
        return any(self.form[name].data or self.form[name].errors for name in self.folded)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        given = data if isinstance(data, Mapping) else {}
        self.object_data = given
        self.form = BaseForm(self.form_class, prefix=f"{self.name}-", meta=self.meta)
        self.form.process(data=given)


class Listing(FieldList):
    """The rows of a nested list; each is a `Group`."""
