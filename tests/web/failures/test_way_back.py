"""The store fails on the way back: the child's words stay, and nothing is said to be gone."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import Ending, Stage, Step
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import Kind
from kids_feedback.services.child import requests
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Answer, Event, Letter, Request
from tests import sample
from tests.conftest import SetClock
from tests.make import NOW, a_complaint, a_visit, person_of
from tests.services.acts import WHOLE, a_childs_act, a_head, a_manager, an_act
from tests.services.lives import BY_LETTER
from tests.services.presses import MEETING
from tests.web.conftest import COOKIE, visitor
from tests.web.failures.failing import Store, press_while_it_fails, somewhere, store, typed
from tests.web.page import Page, Value, Visitor, follow, get, submit
from tests.web.visits import RECEIPT

__all__ = ["store"]  # a fixture
TIMES = sample.many(small=1, full=12)
ANSWERED = {"stage": Stage.DELIVERED, "talk_on": NOW.date(), "delivered_on": NOW.date()}
GIVEN = {"stage": Stage.ALLOCATED}
LATE = {**GIVEN, "contact_by": NOW.date().replace(day=1)}
Press = tuple[str, dict[str, Value]]  # to which form of the page; empty: the one there is


@dataclass(frozen=True)
class Act:
    """What a child does with one case, from the first page on."""

    step: Step | None  # that its history says then; None: another table keeps it
    start: str
    presses: tuple[Press, ...]
    columns: dict[str, Any] = field(default_factory=dict)
    offered: bool = False  # times to meet
    asked: Asked | None = None  # the day before
    just_sent: bool = False  # in this visit


READ: Press = ("/back/answer", {})
ACTS = {
    "more words": Act(Step.ADD, "/back/more", (("", {"words": "Wagtail"}),), GIVEN),
    "why so late": Act(
        Step.NUDGE,
        "/back/now",
        (("/back/nudge", {}),),
        LATE,
    ),
    "stop": Act(Step.ASK_TO_STOP, "/back/stop", (("", {}),), GIVEN),
    "stop, as I told a manager": Act(
        Step.STOP, "/back/stop", (("", {}),), {**GIVEN, "stop_asked_on": NOW.date()}
    ),
    "after all": Act(
        Step.RESUME, "/back/now", (("/back/resume", {}),), {**GIVEN, "stopped_on": NOW.date()}
    ),
    "not what I told a manager": Act(
        Step.RESUME, "/back/now", (("/back/resume", {}),), {**GIVEN, "stop_asked_on": NOW.date()}
    ),
    "look into it": Act(
        Step.ASK_FOR_MORE, "/back/now", (("/back/look-into", {}),), {"kind": Kind.NOTE}
    ),
    "not ended rightly": Act(
        Step.REJECT_ENDING,
        "/back/now",
        (("/back/not-right", {}),),
        {"stage": Stage.CLOSED, "closed_on": NOW.date(), "ended_as": Ending.NOT_OURS},
    ),
    "the answer": Act(Step.READ_ANSWER, "/back/answer", (READ,), ANSWERED),
    "of the answer": Act(
        Step.SAY_OF_ANSWER,
        "/back/answer",
        (READ, ("/back/answer/points", {"of_understanding": "not_quite", "words": "Ostrich"})),
        ANSWERED,
    ),
    "not happy": Act(
        Step.NOT_HAPPY,
        "/back/answer",
        (READ, ("", {"of_understanding": "not_quite", "words": "Wren"}), ("", {"ask": "advocate"})),
        ANSWERED,
    ),
    "how we did": Act(
        None,
        "/back/answer",
        (READ, ("", {"of_understanding": "yes"}), ("", {"listened": "a_bit", "words": "Linnet"})),
        ANSWERED,
    ),
    "a message": Act(Step.READ_LETTER, "/back/message", (("", {}),), GIVEN),
    "another way to reach me": Act(
        Step.ASK_FOR_WAY,
        "/back/change/8",
        (
            ("", {"method": "email"}),
            ("", {"email": "robin@example.org"}),
            ("", {"email_shared": "no"}),
        ),
        GIVEN,
    ),
    "what I left out": Act(
        Step.CHANGE_CONTACT,
        "/back/change/8",
        (
            ("", {"method": "email"}),
            ("", {"email": "robin@example.org"}),
            ("", {"email_shared": "no"}),
        ),
        {**GIVEN, "method": None},
        just_sent=True,
    ),
    "still another way": Act(
        Step.ASK_AGAIN,
        "/back/now",
        (("/back/ask-again", {}),),
        GIVEN,
        asked=Asked.WAY,
    ),
    "not another way": Act(
        Step.TAKE_REQUEST_BACK,
        "/back/now",
        (("/back/take-back", {}),),
        GIVEN,
        asked=Asked.WAY,
    ),
    "no stop": Act(
        Step.TAKE_REQUEST_BACK,
        "/back/now",
        (("/back/take-back", {}),),
        GIVEN,
        asked=Asked.STOP,
    ),
    "not safe": Act(
        Step.SAY_NOT_SAFE, "/back/not-safe-now", (("", {"not_safe": "y"}),), {**GIVEN, **BY_LETTER}
    ),
    "somebody comes along": Act(
        Step.ASK_FOR_SUPPORTER,
        "/back/change/13",
        (
            ("", {"supporter": "known"}),
            ("", {"supporter_name": "Gran"}),
            ("", {"supporter_party": "no"}),
        ),
        GIVEN,
    ),
    "another day to meet": Act(
        Step.SUGGEST_MEETING,
        "/back/meet/when",
        (
            ("", {"pick": "none", "other": "After swimming"}),
            ("", {"pick": "none", "other": "At the flat of my gran"}),
            ("/back/meet/check", {}),
        ),
        GIVEN,
        offered=True,
    ),
    "not to meet": Act(
        Step.DECLINE_MEETING,
        "/back/meet/when",
        (
            ("", {"pick": "none", "other": "Never"}),
            ("", {"pick": "none", "other": "Nowhere"}),
            ("/back/meet/stop", {}),
        ),
        GIVEN,
        offered=True,
    ),
}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("what", ACTS)
def test_whatever_fails_the_childs_words_stay_and_one_press_sends_them(
    app: Flask, store: Store, transactions: Transactions, clock: SetClock, what: str
) -> None:
    dice, act = sample.dice(f"failing {what}"), ACTS[what]
    with transactions() as db:
        a_head(db)
    for _ in range(TIMES):
        case_id = begin(transactions, act)
        child = visitor(app)
        with transactions() as db:
            sent = {"receipt": RECEIPT} if act.just_sent else {}
            child.set_cookie(COOKIE, a_visit(db, now=clock(), mine=case_id, **sent))
        walk(child, store, act, dice)
        if act.step:
            assert lines(transactions, case_id, act.step) == 1
        with transactions.reading() as db:
            asked = db.scalars(select(Request).where(Request.case_id == case_id)).all()
        assert len(asked) == len({row.what for row in asked}), "asked for twice"


def walk(child: Visitor, store: Store, act: Act, dice: Random) -> None:
    """Go from page to page, with a store that fails once on the way."""
    page, breaks = get(child, act.start), dice.randrange(len(act.presses))
    for number, (to, fields) in enumerate(act.presses):
        where = somewhere(dice) if number == breaks else ("statement", 1_000)

        def send(page: Page = page, to: str = to, fields: dict[str, Value] = fields) -> Page:
            return submit(child, page, to=to or the_form(page), **fields)

        page = press_while_it_fails(store, child, send, typed(fields), *where)
        assert page.status in {200, 303}, (page.path, where, page.status, page.text)
        while page.location:
            page = follow(child, page)
        assert page.status == 200, (page.path, page.text)


def the_form(page: Page) -> str:
    """Return where the page's own form goes: the first that has something to fill in."""
    forms = page.soup.select("main form[method=post]")
    asks = [form for form in forms if form.select("textarea, input:not([type=hidden])")]
    return str((asks or forms)[0]["action"])


def begin(transactions: Transactions, act: Act) -> str:
    with transactions() as db:
        manager = a_manager(db)
        row = a_complaint(db, manager=manager, **{"method": Method.HERE, **act.columns})
        if row.stage is Stage.DELIVERED:
            parts = {**WHOLE}
            db.add(Answer(case_id=row.id, written_by=manager.id, saved_at=NOW, parts=parts))
        if act.step is Step.READ_LETTER:
            words = {"written_on": NOW.date(), "text": "Hello."}
            db.add(Letter(case_id=row.id, written_by=manager.id, **words))
        if act.asked:
            the_day_before = NOW.date() - timedelta(days=1)
            requests.ask_for(a_childs_act(db, row.id, the_day_before), act.asked, {})
        if act.offered:
            MEETING[0].act(an_act(db, row, person_of(manager)))
        return row.id


def lines(transactions: Transactions, case_id: str, step: Step) -> int:
    wanted = select(func.count()).where(Event.case_id == case_id, Event.what == step.value)
    with transactions.reading() as db:
        return db.scalar(wanted) or 0


def test_every_act_behind_the_words_is_tried() -> None:
    routes = {route_of(kind).transitions for kind in Kind}
    steps = {step.step for found in routes for step in found if Actor.CHILD in step.by}
    assert steps - {act.step for act in ACTS.values()} == {Step.PICK_MEETING}
