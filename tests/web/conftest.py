"""The site as an HTTP client reaches it, and the people who sign in to it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from kids_feedback.config import Settings
from kids_feedback.domain.people import Role
from kids_feedback.services import readiness
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.web.kit import context
from tests.app import an_app
from tests.conftest import SetClock
from tests.make import a_person, a_visit
from tests.web.page import Visitor
from tests.web.promises.checker import Checker, read_by

COOKIE = "__Host-id"
SignIn = Callable[[Role | PersonRow], Visitor]


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks: ``parametrize("database", ["postgresql"], indirect=True)``."""
    kind: str = getattr(request, "param", "sqlite")
    return kind


@pytest.fixture
def app(settings: Settings, transactions: Transactions, clock: SetClock) -> Iterator[Flask]:
    with transactions() as db:
        readiness.check_key(db)  # as ``serve`` does before it starts
    site = _made_once(settings, clock)
    views = {**site.view_functions}
    site.config["PREFERRED_URL_SCHEME"] = "https"  # what the test client says it came by
    site.test_client_class = Visitor
    yield site
    site.view_functions = views  # as they were, whatever the test put in their place
    with site.app_context():
        context.site().transactions.engine.dispose()


_MADE: dict[str, Flask] = {}


def _made_once(settings: Settings, clock: SetClock) -> Flask:
    """Return the site of these settings, whose routes are compiled already, with this clock."""
    key = repr(settings)
    if key not in _MADE:
        _MADE[key] = an_app(settings, clock)
    made = _MADE[key]
    with made.app_context():
        context.install(made, replace(context.site(), now=clock))
    return made


@pytest.fixture(autouse=True)
def every_sentence_is_true(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Hold what every page of every test says to what is stored: see ``tests.web.promises``."""
    if not {"app", "transactions", "clock"} <= set(request.fixturenames):
        yield
        return
    rows, clock = request.getfixturevalue("transactions"), request.getfixturevalue("clock")
    checker = Checker(rows, clock, by_hand=True)
    read_by(checker, monkeypatch)
    yield
    assert not checker.lies, "no fact behind:\n" + "\n".join(sorted(set(checker.lies)))


@pytest.fixture
def child(app: Flask) -> Visitor:
    """Somebody who opens the site for the first time."""
    return visitor(app)


@pytest.fixture
def signed_in(app: Flask, transactions: Transactions, clock: SetClock) -> SignIn:
    """Sign somebody in: a person of the test's own, or a new one of that role."""

    def sign_in(who: Role | PersonRow) -> Visitor:
        with transactions() as db:
            person = a_person(db, role=who) if isinstance(who, Role) else who
            token = a_visit(db, now=clock(), person=person.id)
        client = visitor(app)
        client.set_cookie(COOKIE, token)
        return client

    return sign_in


def visitor(app: Flask) -> Visitor:
    client = app.test_client()
    assert isinstance(client, Visitor)
    return client
