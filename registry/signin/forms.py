"""The forms of signing in, of codes and of passwords."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Form, PasswordField, StringField

from ..errors import Message
from ..forms.posted import printable
from ..forms.widgets import Needed
from ..words import Words

EMAIL = Words("E-mailadres", "E-mail address")
CODE = Words("Code", "Code")
LONG_ENOUGH = Words(
    "Ten minste 12 tekens. Een zin van een paar woorden is goed te onthouden.",
    "At least 12 characters. A phrase of a few words is easy to remember.",
)
FROM_APP = Words(
    "De zes cijfers in uw app, of een van uw herstelcodes.",
    "The six digits in your app, or one of your recovery codes.",
)
SIX = Words("De zes cijfers die uw app nu toont.", "The six digits that your app shows now.")


class DrawnForm(Form):
    """A form that only draws; the commands hold the rules."""

    def refuse(self, errors: Mapping[str, list[str]]) -> list[dict[str, str]]:
        """Put texts on the fields; the summary of them, each with a link to its field."""
        summary = []
        for name, texts in errors.items():
            field = self._fields.get(name)
            if field is not None:
                field.errors = texts
            href = f"#{field.id}" if field is not None else "#inhoud-begin"
            label = f"{field.label.text}: " if field is not None else ""
            summary += [{"href": href, "text": f"{label}{text}"} for text in texts]
        return summary

    def told(self, errors: Mapping[str, list[Message]], lang: str) -> list[dict[str, str]]:
        """The same for the messages of a command."""
        return self.refuse({name: [m.in_(lang) for m in found] for name, found in errors.items()})


def sign_in(lang: str, posted: Any = None) -> DrawnForm:
    """Address, password, and whether to be remembered."""
    fields = {
        "email": StringField(EMAIL.in_(lang), validators=[Needed()]),
        "password": _present(Words("Wachtwoord", "Password"), lang),
        "remember": BooleanField(
            Words(
                "Onthoud mij op dit apparaat (14 dagen)", "Remember me on this device (14 days)"
            ).in_(lang)
        ),
    }
    return form("SignIn", fields, posted)


def code(lang: str, hint: Words = FROM_APP) -> DrawnForm:
    """A code of somebody's app."""
    return form("Code", {"code": _code(lang, hint)})


def proof(lang: str, email: str, *, with_code: bool) -> DrawnForm:
    """The password again, with a code where there is a second factor."""
    fields = {"email": _whose(lang, email), "current": _present(PASSWORD, lang)}
    if with_code:
        fields["code"] = _code(lang, FROM_APP)
    return form("Proof", fields)


PASSWORD = Words("Wachtwoord", "Password")


def new_password(lang: str, email: str) -> DrawnForm:
    """A new password, beside the address that it is for."""
    return form("NewPassword", {"email": _whose(lang, email), "password": _new(lang)})


def own_password(lang: str, email: str) -> DrawnForm:
    """The present password and the new one."""
    fields = {  # drawn in the order in which they are made
        "email": _whose(lang, email),
        "current": _present(Words("Huidig wachtwoord", "Present password"), lang),
        "password": _new(lang),
    }
    return form("OwnPassword", fields)


def address(lang: str, posted: Any = None) -> DrawnForm:
    """One's address, to get mail at."""
    kind = {"type": "email", "autocomplete": "username"}
    field = StringField(EMAIL.in_(lang), validators=[Needed()], render_kw=kind)
    return form("Address", {"email": field}, posted)


def new_address(lang: str, posted: Any = None) -> DrawnForm:
    """Another address of one's own."""
    words = Words("Nieuw e-mailadres", "New e-mail address").in_(lang)
    kind = {"type": "email", "autocomplete": "email"}
    field = StringField(words, validators=[Needed()], render_kw=kind)
    return form("NewAddress", {"email": field}, posted)


def _present(words: Words, lang: str) -> Any:
    kw = {"autocomplete": "current-password"}
    return PasswordField(words.in_(lang), validators=[Needed()], render_kw=kw)


def _new(lang: str) -> Any:
    return PasswordField(
        Words("Nieuw wachtwoord", "New password").in_(lang),
        validators=[Needed()],
        description=LONG_ENOUGH.in_(lang),
        render_kw={"autocomplete": "new-password"},
    )


def _code(lang: str, hint: Words) -> Any:
    return StringField(
        CODE.in_(lang),
        validators=[Needed()],
        description=hint.in_(lang),
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


def _whose(lang: str, email: str) -> Any:
    """The address beside a password: browsers keep the two together."""
    return StringField(
        EMAIL.in_(lang),
        default=email,
        render_kw={"readonly": True, "autocomplete": "username"},
    )


def form(name: str, fields: dict[str, Any], posted: Any = None) -> DrawnForm:
    """A form of these fields, filled with what was posted."""
    made: DrawnForm = type(name, (DrawnForm,), fields)(posted)
    for field in made:
        field.data = printable(field.data)
    return made
