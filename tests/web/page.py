"""A page as a test sees it, and the client that opens it. Every page is held to the house rules."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web import house_rules

Value = str | list[str]


class Visitor(FlaskClient):
    """A browser without a screen: it has cookies, and holds the token of the last page."""

    token = ""


_CODE = re.compile(r'(?<=lang="zxx">)[2-9b-z]{8}(?=</bdi>)')  # of a request, on an error page
_PARSER = "html.parser"
_ISOLATED = re.compile(r"</?bdi[^>]*>")


class Page:
    """What came back, already checked: see ``house_rules``."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.response = response
        self.path = path
        self.status = response.status_code
        self.location = response.location
        self.soup = BeautifulSoup(response.text, _PARSER)
        house_rules.check_headers(response, path)
        if response.mimetype == "text/html" and not self.location:
            house_rules.check(self.soup, path)

    @property
    def heading(self) -> str:
        return self.texts("h1")[0]

    @property
    def title(self) -> str:
        return self.texts("title")[0]

    @property
    def text(self) -> str:
        """What the main part says, in one line."""
        return " ".join(self.texts("main"))

    @property
    def token(self) -> str:
        found = self.soup.find("input", {"name": "csrf_token"})
        return str(found["value"]) if found else ""

    def texts(self, css: str) -> list[str]:
        """Return what each part says, with single spaces."""
        return [_said(part) for part in self.soup.select(css)]

    def found(self, css: str) -> Tag:
        """Return the first part that ``css`` picks; there is one."""
        tag = self.soup.select_one(css)
        assert tag is not None, f"{self.path} has no {css}"
        return tag

    def links(self, css: str = "main a[href]") -> dict[str, str]:
        """Return where each link goes, by what it says."""
        found = self.soup.select(css)
        return {_said(link): str(link["href"]) for link in found}

    def form(self, action: str | None = None) -> Tag:
        """Return the page's form, or the one that goes to ``action``."""
        forms = self.soup.find_all("form", {"method": "post"})
        found = [form for form in forms if action is None or form["action"] == action]
        assert len(found) == 1, f"{self.path} has {len(found)} such forms"
        return found[0]


def _said(part: Tag) -> str:
    """Return what a part says. A name within a sentence parts no words."""
    whole = (
        part if part.find("bdi") is None else BeautifulSoup(_ISOLATED.sub("", str(part)), _PARSER)
    )
    return " ".join(whole.get_text(" ").split())


def without_code(html: str) -> str:
    """Return a page without the code of its request, which is another each time."""
    return _CODE.sub("", html)


def get(client: FlaskClient, path: str) -> Page:
    """Open a page."""
    return _seen(client, client.get(path), path)


def follow(client: FlaskClient, page: Page) -> Page:
    """Open the page that ``page`` redirects to."""
    assert page.location, f"{page.path} answered {page.status}, not with a redirect"
    return get(client, page.location)


def post(client: FlaskClient, path: str, **fields: Value) -> Page:
    """Send fields with the token of the last page, or of ``path`` if no page was opened yet."""
    assert isinstance(client, Visitor)
    if not client.token:
        get(client, path)
    return _seen(client, client.post(path, data={"csrf_token": client.token, **fields}), path)


def submit(client: FlaskClient, page: Page, *, to: str | None = None, **fields: Value) -> Page:
    """Send the page's form as a browser would, with what is already in it, changed by ``fields``.

    A button that was pressed is a field too.
    """
    form = page.form(to)
    path = str(form["action"])
    return _seen(client, client.post(path, data={**dict(_filled_in(form)), **fields}), path)


def _seen(client: FlaskClient, response: TestResponse, path: str) -> Page:
    """Return the page that a browser shows; a form that comes back does so at once."""
    assert isinstance(client, Visitor)
    if response.location and "again=" in response.location:
        house_rules.check_headers(response, path)
        return get(client, response.location)
    page = Page(response, urlsplit(path).path)
    client.token = page.token or client.token
    return page


def _filled_in(form: Tag) -> Iterator[tuple[str, Any]]:
    """Yield each control's name and value; boxes of one name together."""
    boxes: dict[str, list[str]] = {}
    for control in form.find_all(["input", "textarea", "select"], {"name": True}):
        name, kind = str(control["name"]), control.get("type", control.name)
        if kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                boxes.setdefault(name, []).append(str(control.get("value", "on")))
        elif kind == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            yield name, str(chosen["value"]) if chosen else ""
        elif kind == "textarea":
            yield name, control.get_text().removeprefix("\n")
        elif kind != "submit":
            yield name, str(control.get("value", ""))
    yield from boxes.items()
