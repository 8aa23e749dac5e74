"""The store fails while staff write elsewhere than in a case, and while somebody signs in."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.child.leaves import LeafState
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.closed_days import ClosedDay
from kids_feedback.storage.tables.learning import ImprovementRow
from kids_feedback.storage.tables.leaves import LeafCheck
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import Duty
from kids_feedback.storage.tables.shared_devices import Device
from kids_feedback.storage.tables.summaries import TakenBack
from tests import sample
from tests.conftest import SetClock
from tests.make import NOW, a_change, a_leaf, an_office
from tests.services.accounts.newcomers import ADA, PASSWORD, code_at, somebody
from tests.services.acts import a_manager
from tests.web.board import releases
from tests.web.conftest import COOKIE, SignIn, visitor
from tests.web.failures.failing import UNHEARD, Store, press_while_it_fails, somewhere, store, typed
from tests.web.page import Page, Value, Visitor, get, submit

__all__ = ["store"]  # a fixture
TIMES = sample.many(small=1, full=12)


@dataclass(frozen=True)
class Form:
    """A form of staff, filled in, and of what it makes one."""

    role: Role
    at: str
    fields: dict[str, Value]
    makes: type
    to: str = ""  # where it goes, if that is not where it stands
    begin: Callable[[Session], str] = lambda db: an_office(db).code  # what the address names
    more: int = 1


def a_release(db: Session) -> str:
    if not db.scalar(
        select(func.count()).select_from(PersonRow).where(PersonRow.name == "Pip First")
    ):
        releases.came_in(db, complaints=40, compliments=40)
    releases.release(db, NOW)
    return releases.CODE


FORMS = {
    "a person": Form(
        Role.ADMINISTRATOR,
        "/people/new",
        {"name": "Pat Pelican", "role": "practitioner"},
        PersonRow,
    ),
    "somebody's name": Form(
        Role.ADMINISTRATOR,
        "/people/{it}",
        {"name": "Max Macaw"},
        PersonRow,
        begin=lambda db: a_manager(db).id,
        more=0,
    ),
    "whom to ring": Form(
        Role.ADMINISTRATOR,
        "/people/duty",
        {"outside": "Ring the heron"},
        Duty,
        "/people/duty/outside/east",
        more=0,
    ),
    "a closed day": Form(
        Role.ADMINISTRATOR,
        "/closed-days/",
        {"day": "2026-03-11", "reason": "A storm of petrels", "go": "close"},
        ClosedDay,
        "/closed-days/",
    ),
    "a kiosk": Form(Role.ADMINISTRATOR, "/staff/devices", {"name": "Desk of the dunlin"}, Device),
    "what changed": Form(
        Role.BOARD_SECRETARY,
        "/secretary/changes",
        {"said": "It was cold, said a wren.", "did": "A heater for the wren."},
        ImprovementRow,
    ),
    "what changed, anew": Form(
        Role.BOARD_SECRETARY,
        "/secretary/changes/{it}",
        {"said": "It was cold, said a robin.", "did": "Heaters for the robin."},
        ImprovementRow,
        begin=lambda db: a_change(db).id,
        more=0,
    ),
    "figures taken back": Form(
        Role.BOARD_SECRETARY,
        "/secretary/period/{it}/take-back",
        {"why": "A sparrow tried it out."},
        TakenBack,
        begin=a_release,
    ),
    "what I do": Form(
        Role.LOCAL_MANAGER, "/staff/about-me", {"about": "I like finches."}, PersonRow, more=0
    ),
    "a leaf": Form(
        Role.LOCAL_MANAGER,
        "/staff/leaves/{it}",
        {"shown": "They were kind to me", "decision": "keep"},
        LeafCheck,
        begin=lambda db: a_leaf(db, state=LeafState.WAITING).id,
    ),
}


@pytest.mark.parametrize("what", FORMS)
def test_whatever_fails_what_was_typed_stays_and_one_press_sends_it(
    store: Store, transactions: Transactions, signed_in: SignIn, what: str
) -> None:
    dice, form = sample.dice(f"failing {what}"), FORMS[what]
    for _ in range(TIMES):
        with transactions() as db:
            it = form.begin(db)
            if form.makes is ClosedDay:
                for day in db.scalars(select(ClosedDay)):
                    db.delete(day)
        desk = signed_in(form.role)
        page, before = get(desk, form.at.format(it=it)), count(transactions, form.makes)
        to = form.to or form.at.format(it=it)

        def send(desk: Visitor = desk, page: Page = page, to: str = to) -> Page:
            return submit(desk, page, to=to, **form.fields)

        where = somewhere(dice)
        sent = press_while_it_fails(store, desk, send, typed(form.fields), *where)
        known_already = {409, 422, 400, 404} if UNHEARD in where and store.failed else set()
        assert sent.status in {200, 303, *known_already}, (where, sent.status, sent.text)
        assert count(transactions, form.makes) - before == form.more, (where, sent.text)


def count(transactions: Transactions, table: type) -> int:
    with transactions.reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_nobody_is_told_that_they_are_not_known_while_nobody_knows(
    app: Flask, store: Store, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        somebody(db, role=Role.ADMINISTRATOR)
    struck = 0
    for after in range(sample.many(small=6, full=40)):
        clock.forward(minutes=1)
        who = visitor(app)
        page = get(who, "/account/sign-in")
        with store.failing("statement", after):
            sent = submit(who, page, email=ADA, password=PASSWORD, code=code_at(clock()))
        struck += store.failed > 0
        assert sent.status in {303, 503}, (after, sent.status, sent.text)
        if sent.status == 503:
            assert int(sent.response.headers["Retry-After"]) > 0
            assert PASSWORD not in sent.response.text
            clock.forward(minutes=1)  # the code of before may have been taken
            again = submit(
                who,
                get(who, "/account/sign-in"),
                email=ADA,
                password=PASSWORD,
                code=code_at(clock()),
            )
            assert again.status == 303, (after, again.text)
    assert struck


@pytest.mark.parametrize("path", ["/staff/queue", "/people/", "/back/now", "/secretary/changes"])
def test_a_page_that_cannot_know_who_asks_does_not_say_that_they_are_nobody(
    app: Flask,
    store: Store,
    transactions: Transactions,
    signed_in: SignIn,
    path: str,
) -> None:
    roles = {"/staff": Role.LOCAL_MANAGER, "/people": Role.ADMINISTRATOR}
    role = next((role for start, role in roles.items() if path.startswith(start)), None)
    desk = signed_in(role or Role.BOARD_SECRETARY)
    with store.failing("statement", 0):
        page = get(desk, path)
    assert page.status == 503
    assert int(page.response.headers["Retry-After"]) > 0
    assert desk.get_cookie(COOKIE) is not None
