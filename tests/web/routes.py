"""Every route of the site as something that a test can open."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.web.kit import guard
from tests.conftest import SetClock
from tests.make import a_change, a_complaint, a_leaf, a_person, a_visit
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Visitor

SAFE = {"GET", "HEAD", "OPTIONS"}
SECRET = "0123456789abcdef" * 2  # of a visit that a test makes; see ``token``


@dataclass(frozen=True)
class Route:
    """One method of one rule."""

    endpoint: str
    method: str
    rule: str
    path: str

    @property
    def blueprint(self) -> str:
        return self.endpoint.split(".")[0]

    @property
    def changes(self) -> bool:
        return self.method not in SAFE

    def __str__(self) -> str:
        return f"{self.method} {self.rule} ({self.endpoint})"


def routes_of(app: Flask, values: Mapping[str, object]) -> Iterator[Route]:
    """Yield every method of every rule, its arguments filled from ``values`` by their name.

    A new argument needs a value; nothing is skipped.
    """
    for rule in app.url_map.iter_rules():
        missing = rule.arguments - set(rule.defaults or {}) - set(values)
        assert not missing, f"{rule.rule}: say in the test's world what {missing} may be"
        built = rule.build({**values, **(rule.defaults or {})}, append_unknown=False)
        assert built is not None, f"{rule.rule} cannot be filled"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(rule.endpoint, method, rule.rule, built[1])


def roles_of(app: Flask, endpoint: str) -> frozenset[Role]:
    """Return who signs in for a page; nobody, where nobody has to."""
    policy = guard.policies(app)[endpoint]
    return frozenset() if isinstance(policy, guard.Public) else policy


def token() -> str:
    """Return a token for a visit whose state has ``csrf=SECRET``: masked with nothing."""
    secret = bytes.fromhex(SECRET)
    return base64.urlsafe_b64encode(bytes(len(secret)) + secret).decode()


def a_world(db: Session) -> dict[str, object]:
    """Add what there is to open; return it by the names that routes give their arguments."""
    manager = a_person(db, "Max Manager", role=Role.LOCAL_MANAGER)
    case = a_complaint(db, office="eastham", manager=manager)
    return {
        "number": 1,
        "case_id": case.id,
        "person_id": manager.id,
        "code": "2025-04",
        "token": "used-up",
        "slug": "read",
        "talk_id": "none-such",
        "message_id": "none-such",
        "drawing_id": "none-such",
        "device_id": "none-such",
        "office_code": "eastham",
        "leaf_id": a_leaf(db).id,
        "duty_id": "none-such",
        "area_code": "east",
        "change_id": a_change(db).id,
    }


def somebody(
    app: Flask,
    transactions: Transactions,
    clock: SetClock,
    who: Role | PersonRow | None,
    **kept: str,
) -> Visitor:
    """Return a browser whose visit has a known token, signed in as ``who`` if anybody."""
    with transactions() as db:
        state = {"csrf": SECRET, **kept}
        if who is not None:
            person = a_person(db, role=who) if isinstance(who, Role) else who
            state["person"] = person.id
        cookie = a_visit(db, now=clock(), **state)
    client = visitor(app)
    client.set_cookie(COOKIE, cookie)
    return client


def everything(transactions: Transactions) -> dict[str, list[Any]]:
    """Return all that is kept but for the visits, which remember when they were seen."""
    return dict(_kept(transactions))


def _kept(transactions: Transactions) -> Iterator[tuple[str, list[Any]]]:
    with transactions.reading() as db:
        for table in Base.metadata.tables:
            if table != "visit":
                rows = db.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
                yield table, sorted(map(str, rows))
