"""A browser without script, and a client of the JSON API, for tests of the doors."""

from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SIGN_IN = "/aanmelden"


@dataclass
class Form:
    """A form of a page as it would be posted: change `fields`, then `client.submit(form)`."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, **values: Any) -> "Form":
        """Type in: a text, a list of texts for several boxes, None to leave the field out."""
        return self.put(values)

    def put(self, values: dict[str, Any]) -> "Form":
        """As `fill`, for names that are no Python names."""
        for name, value in values.items():
            if value is None:
                self.fields.pop(name, None)
            else:
                self.fields[name] = value if isinstance(value, list) else [str(value)]
        return self


class Page:
    """A page that was received, parsed by the rules of HTML 5."""

    def __init__(self, response: TestResponse, url: str) -> None:
        self.response, self.url = response, url
        self.status: int = response.status_code
        self.html = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.tree: Element = parser.parse(self.html)

    @property
    def text(self) -> str:
        """What is on the page in words, white space evened out."""
        return words(self.tree.find("body"))

    def all(self, path: str) -> list[Element]:
        """Elements by the XPath of ElementTree: `page.all(".//main//h2")`."""
        return self.tree.findall(path)

    def links(self) -> dict[str, str]:
        """The links of the page: what they say → where they go."""
        return {words(a): a.get("href", "") for a in self.all(".//a[@href]")}

    def form(self, containing: str | None = None, *, action: str | None = None) -> Form:
        """The form that has a field of this name, or goes to this address; without either, the
        first that posts."""
        for element in self.all(".//form"):
            form = _form(element, self.url)
            if action is not None:
                wanted = form.action == action
            elif containing is not None:
                wanted = containing in _names(element)
            else:
                wanted = form.method == "post"
            if wanted:
                return form
        raise LookupError(f"{self.url} has no form with {containing or action or 'method=post'}")

    def form_to(self, action: str) -> Form:
        """The form that posts to this path."""
        for element in self.all(".//form"):
            form = _form(element, self.url)
            if form.method == "post" and form.action.partition("?")[0] == action:
                return form
        raise LookupError(f"{self.url} has no form to {action}")


class Client(FlaskClient):
    """Every request has a context of its own, also where the test itself is in one."""

    token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if self.token:
            kwargs["headers"] = {
                "Authorization": f"Bearer {self.token}",
                **kwargs.get("headers", {}),
            }
        return Context().run(super().open, *args, **kwargs)

    def page(self, url: str, *, status: int = 200, **kwargs: Any) -> Page:
        """Get a page; redirects are followed."""
        response = self.get(url, follow_redirects=True, **kwargs)
        assert response.status_code == status, f"GET {url}: {response.status}\n{response.text}"
        return self.parsed(response)

    @staticmethod
    def parsed(response: TestResponse) -> Page:
        """A response as the page that it is."""
        return Page(response, response.request.full_path.rstrip("?"))

    def submit(self, form: Form, *, status: int = 200, button: str | None = None) -> Page:
        """Post a form and follow to where it leads. `button`: `name=value` that is pressed."""
        data: dict[str, Any] = dict(form.fields)
        if button:
            name, _, value = button.partition("=")
            data[name] = [value]
        response = self.open(form.action, method=form.method, data=data, follow_redirects=True)
        assert response.status_code == status, f"{form.action}: {response.status}\n{response.text}"
        return self.parsed(response)

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in through the page."""
        form = self.page(SIGN_IN).form("password")
        return self.submit(form.fill(email=email, password=password))


SignedIn = Callable[[str], Client]
"""Gives the browser of somebody by name; see the fixture `signed_in`."""


def words(element: Element | None) -> str:
    """The words in an element, white space evened out, scripts and styles left out."""
    return " ".join("".join(_texts(element)).split()) if element is not None else ""


def _texts(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style", "template"):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _names(form: Element) -> set[str]:
    return {name for e in form.iter() if (name := e.get("name"))}


def _form(element: Element, url: str) -> Form:
    form = Form(element.get("action") or url, (element.get("method") or "get").lower())
    for control in element.iter():
        name = control.get("name")
        if name and control.get("disabled") is None:
            for value in _values(control):
                form.fields.setdefault(name, []).append(value)
    return form


def _values(control: Element) -> list[str]:
    """What a control would post, untouched."""
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if control.tag == "select":
        return _chosen(control)
    if control.tag != "input" or control.get("type") in ("submit", "button", "image", "reset"):
        return []
    if control.get("type") in ("checkbox", "radio") and control.get("checked") is None:
        return []
    return [control.get("value", "on" if control.get("type") == "checkbox" else "")]


def _chosen(select: Element) -> list[str]:
    options = [*select.iter("option")]
    chosen = [o for o in options if o.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [o.get("value", o.text or "") for o in chosen]
