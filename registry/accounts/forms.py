"""The forms of signing in and of one's own password."""

from typing import Any

from wtforms import BooleanField, Form, PasswordField, StringField

from ..forms.posted import printable
from ..forms.widgets import Needed
from ..words import Words


class DrawnForm(Form):
    """A form that only draws; the commands hold the rules."""

    def refuse(self, errors: dict[str, list[str]]) -> list[dict[str, str]]:
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


def sign_in(lang: str, posted: Any = None) -> DrawnForm:
    """Address, password, and whether to be remembered."""
    fields = {
        "email": StringField(
            Words("E-mailadres", "E-mail address").in_(lang), validators=[Needed()]
        ),
        "password": PasswordField(Words("Wachtwoord", "Password").in_(lang), validators=[Needed()]),
        "remember": BooleanField(
            Words(
                "Onthoud mij op dit apparaat (14 dagen)", "Remember me on this device (14 days)"
            ).in_(lang)
        ),
    }
    return _form("SignIn", fields, posted)


LONG_ENOUGH = Words(
    "Ten minste 12 tekens. Een zin van een paar woorden is goed te onthouden.",
    "At least 12 characters. A phrase of a few words is easy to remember.",
)


def _password(lang: str) -> Any:
    return PasswordField(
        Words("Nieuw wachtwoord", "New password").in_(lang),
        validators=[Needed()],
        description=LONG_ENOUGH.in_(lang),
        render_kw={"autocomplete": "new-password"},
    )


def _whose(lang: str, email: str) -> Any:
    """The address beside a password: browsers keep the two together."""
    return StringField(
        Words("E-mailadres", "E-mail address").in_(lang),
        default=email,
        render_kw={"readonly": True, "autocomplete": "username"},
    )


def own_password(lang: str, email: str) -> DrawnForm:
    """The present password and the new one."""
    fields = {  # drawn in the order in which they are made
        "email": _whose(lang, email),
        "current": PasswordField(
            Words("Huidig wachtwoord", "Present password").in_(lang),
            validators=[Needed()],
            render_kw={"autocomplete": "current-password"},
        ),
        "password": _password(lang),
    }
    return _form("OwnPassword", fields)


def new_password(lang: str, email: str) -> DrawnForm:
    """A new password for somebody."""
    return _form("NewPassword", {"email": _whose(lang, email), "password": _password(lang)})


def _form(name: str, fields: dict[str, Any], posted: Any = None) -> DrawnForm:
    made: DrawnForm = type(name, (DrawnForm,), fields)(posted)
    for field in made:
        field.data = printable(field.data)
    return made
