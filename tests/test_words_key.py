"""The key of the secret words draws and finds them and their slips, and does nothing else."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.sessions import SecureCookieSessionInterface

import kids_feedback
from kids_feedback.config import Settings
from tests.app import an_app
from tests.conftest import SetClock
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Visitor, get, submit

SOURCE = Path(kids_feedback.__file__).parent
KEYED = {  # what is made with it: where, by what, out of what
    ("domain/child/secret_words.py", "hmac.digest", "canonical.encode(errors='replace')"),
    ("services/child/intake.py", "hmac.digest", "f'draw {turn} {key}'.encode()"),
    ("services/child/slips.py", "hmac.digest", "f'slip {turn} {key}'.encode()"),
}


@pytest.fixture
def database() -> str:
    return "sqlite"


def test_nothing_else_is_made_with_it() -> None:
    assert set(_keyed()) == KEYED


def test_flask_has_no_key_to_sign_with(settings: Settings, clock: SetClock) -> None:
    """Whatever would sign stops with an error, and borrows no key."""
    app = an_app(settings, clock)
    assert app.secret_key is None
    assert not app.config.get("SECRET_KEY_FALLBACKS")
    assert SecureCookieSessionInterface().get_signing_serializer(app) is None


def test_a_form_is_ours_under_any_key_of_the_site(settings: Settings, clock: SetClock) -> None:
    """Each visit has a key of its own for its forms, as random as the cookie."""
    before = a_visitor(settings, clock)
    page = get(before, "/look")
    other = a_visitor(replace(settings, words_key=bytes(32)), clock)
    cookie = before.get_cookie(COOKIE)
    assert cookie
    other.set_cookie(COOKIE, cookie.value)
    assert submit(other, page, to="/look", look="pictures").status == 303
    stranger = a_visitor(settings, clock)
    get(stranger, "/look")
    assert submit(stranger, page, to="/look", look="pictures").status == 400


def a_visitor(settings: Settings, clock: SetClock) -> Visitor:
    app = an_app(settings, clock)
    app.config["PREFERRED_URL_SCHEME"] = "https"
    app.test_client_class = Visitor
    return visitor(app)


def _keyed() -> Iterator[tuple[str, str, str]]:
    """Yield every call of ``hmac`` that takes it, or the key of ``secret_words.fingerprint``.

    Elsewhere it is only handed on, under its own name or to that function.
    """
    for file in SOURCE.rglob("*.py"):
        name = file.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                given = [*node.args, *(word.value for word in node.keywords)]
                if any(_is_the_key(item, name) for item in given):
                    called = ast.unparse(node.func)
                    assert _hands_on(node) or called == "hmac.digest", f"{name}: {called}"
                    if called == "hmac.digest":
                        yield name, called, ast.unparse(node.args[1])


def _is_the_key(node: ast.expr, module: str) -> bool:
    text = ast.unparse(node)
    return text.split(".")[-1] == "words_key" or (module, text) == (
        "domain/child/secret_words.py",
        "key",
    )


def _hands_on(node: ast.Call) -> bool:
    """Say whether a call names it as what it is, or is one of the few that take it by place."""
    named = any(word.arg == "words_key" for word in node.keywords)
    takes = {
        "_new",
        "_drawn",
        "_fingerprint",
        "_words_of",
        "_keep_drawn",
        "secret_words.fingerprint",
    }
    return named or ast.unparse(node.func) in takes
