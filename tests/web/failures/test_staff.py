"""The store fails at any statement of any act of staff: what was typed stays, one press sends."""

from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from kids_feedback.domain.people import Fallback
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Event, Talk
from kids_feedback.storage.tables.people import PersonRow
from tests import sample
from tests.conftest import SetClock
from tests.services.acts import a_childs_act, a_head, a_manager
from tests.services.lives import LIVES
from tests.services.presses import CHILD, HEAD, MANAGER, OUTSIDE, Press
from tests.web.conftest import SignIn
from tests.web.failures import by_hand
from tests.web.failures.failing import UNHEARD, Store, press_while_it_fails, somewhere, store, typed
from tests.web.page import Page, Visitor, get

__all__ = ["store"]  # a fixture
TIMES = sample.many(small=1, full=10)
Team = dict[str, PersonRow]


@pytest.fixture
def team(transactions: Transactions) -> Team:
    with transactions() as db:
        return {
            HEAD: a_head(db),
            MANAGER: a_manager(db),
            OUTSIDE: a_head(db, "Ola Outside", areas=["west"], last_resort=Fallback.OUTSIDE),
        }


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("life", LIVES)
def test_whatever_fails_what_staff_typed_stays_and_one_press_sends_it(
    app: Flask,
    store: Store,
    transactions: Transactions,
    clock: SetClock,
    signed_in: SignIn,
    team: Team,
    life: str,
) -> None:
    dice, struck = sample.dice(f"failing {life}"), 0
    morning = clock()
    for _ in range(TIMES):
        clock.at = morning
        case_id = begin(transactions, life, team)
        for press in LIVES[life].presses:
            if press.by == CHILD:
                with transactions() as db:
                    press.act(a_childs_act(db, case_id, clock().date()))
                continue
            if press.on > clock().date():
                clock.at = datetime.combine(press.on, clock().timetz())
            desk = signed_in(team[press.by])
            today, where = clock().date(), somewhere(dice)
            struck += taken(app, store, transactions, desk, case_id, press, today, where) > 0
    assert struck or len(LIVES[life].presses) < 5


def begin(transactions: Transactions, life: str, team: Team) -> str:
    with transactions() as db:
        columns = LIVES[life].columns
        if LIVES[life].presses[0].by == OUTSIDE:
            columns = {**columns, "about": [team[HEAD]], "fallback": Fallback.OUTSIDE}
        return LIVES[life].begin(db, **columns).id


def taken(
    app: Flask,
    store: Store,
    transactions: Transactions,
    desk: Visitor,
    case_id: str,
    press: Press,
    today: date,
    where: tuple[str, int],
) -> int:
    """Take one step with a store that fails on the way; return how often it struck."""
    before = lines(transactions, case_id, press)
    talk, again = a_talk(transactions, case_id), before > 0
    form = by_hand.fill(app, desk, case_id, press.step, today, again=again, talk=talk)

    def send() -> Page:
        return Page(desk.post(form.to, data=form.fields), form.to)

    sent = press_while_it_fails(store, desk, send, typed(form.fields), *where)
    struck = store.failed
    if "again=" in (sent.location or ""):
        sent = get(desk, sent.location or "")
    known_already = {409, 422} if UNHEARD in where and struck else set()
    assert sent.status in {200, 303, *known_already}, (
        press.step,
        where,
        str(form),
        sent.texts(".summary"),
    )
    assert lines(transactions, case_id, press) == before + 1, (press.step, where, sent.text)
    return struck


def lines(transactions: Transactions, case_id: str, press: Press) -> int:
    wanted = select(func.count()).where(Event.case_id == case_id, Event.what == press.step.value)
    with transactions.reading() as db:
        return db.scalar(wanted) or 0


def a_talk(transactions: Transactions, case_id: str) -> str:
    wanted = select(Talk.id).where(Talk.case_id == case_id, Talk.struck_on.is_(None))
    with transactions.reading() as db:
        return db.scalars(wanted.limit(1)).first() or ""
