"""Lies that are planted, in what the code finds out or in what a page says: each is caught."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.safety import Look
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.services.case import alarms
from kids_feedback.services.child import case_status, milestones
from kids_feedback.services.child.case_status import CourtLine
from kids_feedback.services.child.milestones import Milestone
from kids_feedback.services.site import mail_progress
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import a_hearing, an_area
from tests.web.child.back.test_case_status import KEY, WORDS
from tests.web.conftest import SignIn
from tests.web.page import get, submit
from tests.web.promises.checker import Checker
from tests.web.promises.life import BY_EMAIL, Life
from tests.web.staff.pages import a_case

ONE_DAY = timedelta(days=1)
Patch = Callable[[pytest.MonkeyPatch, Flask], None]


@dataclass(frozen=True, kw_only=True)
class Lie:
    """What is not so: said by the code once it is changed, or written on a page."""

    says: str  # some of what the checker then names
    code: Patch | None = None  # how the code comes to say it; None: it stands on a page
    is_read: bool = False  # by the Head, before that


def later(day: date | None) -> date | None:
    return day and day + ONE_DAY


def changed(owner: Any, name: str, become: Callable[[Any], Any]) -> Patch:
    """Return a change of what a function of the code returns."""

    def patch(monkeypatch: pytest.MonkeyPatch, _app: Flask) -> None:
        was = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *args, **more: become(was(*args, **more)))

    return patch


def a_filter(name: str) -> Patch:
    """Return a change of how days are written: each is a day later."""

    def patch(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
        was = app.jinja_env.filters[name]
        monkeypatch.setitem(app.jinja_env.filters, name, lambda day: was(day + ONE_DAY))

    return patch


def read_already(found: Any) -> Any:
    return iter([*found, Milestone("read", "done", date(2026, 3, 2))])


def answered_already(found: Any) -> Any:
    return iter([*found, Milestone("answered", "done", date(2026, 3, 2))])


def by_a_day_later(found: Any) -> Any:
    return iter([replace(item, by=item.by + ONE_DAY) for item in found])


def followed_up_already(found: Any) -> Any:
    return iter([replace(item, ended_on=item.on, outcome="spoke") for item in found])


def a_day_later(found: Any) -> Any:
    return replace(found, on=later(found.on))


def a_look(*, read: bool) -> Look:
    return Look(on=date(2026, 3, 2), outside="", told=True, read=read)


LIES = {
    "read that nobody opened": Lie(
        says="Done: We read it", code=changed(milestones, "_reading", read_already)
    ),
    "an answer that is not there": Lie(
        says="Done: Your answer came", code=changed(milestones, "_reading", answered_already)
    ),
    "every day a day later": Lie(says="You told us on", code=a_filter("day")),
    "in touch a day later": Lie(
        says="A manager will email you by", code=changed(milestones, "_in_touch", a_day_later)
    ),
    "the court was told": Lie(
        says="We told the court on",
        code=changed(
            case_status,
            "_court",
            lambda _: CourtLine(told_on=date(2026, 3, 2), is_owed=False, is_late=False),
        ),
    ),
    "the court is told again": Lie(
        says="We will tell it again",
        code=changed(
            case_status,
            "_court",
            lambda _: CourtLine(told_on=date(2026, 3, 2), is_owed=True, is_late=False),
        ),
    ),
    "who reads it, a day later": Lie(
        says="is going to read it by", code=changed(case_status, "_followed", by_a_day_later)
    ),
    "spoken with, and nobody did": Lie(
        says="We talked with you about it",
        code=changed(case_status, "_followed", followed_up_already),
    ),
    "somebody looks, and nobody was told": Lie(
        says="We have told somebody",
        code=changed(alarms, "look_for_child", lambda _: a_look(read=False)),
    ),
    "somebody has read it, and nobody did": Lie(
        says="Somebody has read",
        code=changed(alarms, "look_for_child", lambda _: a_look(read=True)),
    ),
    "an email that is on its way": Lie(
        says="An email told the child",
        code=changed(mail_progress, "how_far", lambda _: Progress.SENT),
        is_read=True,
    ),
    "a talk that was not": Lie(says="Done: We talked on Monday 2 March."),
    "a meeting that is not set": Lie(
        says="It is set. We will talk on Wednesday 4 March, 4 o'clock."
    ),
    "an answer by a day that nobody promised": Lie(
        says="Now: You will get your written answer by Monday 30 March."
    ),
    "posted, and it was not": Lie(
        says="Done: We posted your answer on Monday 2 March. You can read it here too."
    ),
    "late, and it is not": Lie(says="We are late. We said Tuesday 3 March. Sorry."),
    "stopped, and nobody asked": Lie(
        says="Done: You asked us to stop on Monday 2 March. We have stopped."
    ),
    "passed on": Lie(says="Done: We passed it on by Monday 2 March."),
    "the boss was told": Lie(says="You asked on Monday 2 March to talk to the manager's boss."),
    "another who": Lie(says="Nobody Known is going to read it by Tuesday 3 March."),
    "nothing was sent": Lie(says="It was not sent. Nobody has read it."),
    "a hearing in the history": Lie(says="The hearing on Fri 6 Mar 2026 was held."),
    "told in time": Lie(
        says="The court has been told both parts in time: the hearing is on Friday 13 March."
    ),
}


@pytest.fixture
def life(
    app: Flask, transactions: Transactions, clock: SetClock, signed_in: SignIn, checker: Checker
) -> Life:
    """A child who wrote, and added words; the email that says it is read is on its way."""
    life = Life(app, transactions, clock, signed_in, checker)
    with transactions() as db:
        an_area(db)
        life.case = a_case(
            db,
            fingerprint=fingerprint(" ".join(WORDS), KEY),
            ongoing=True,
            method=Method.EMAIL,
            contact=BY_EMAIL,
            hearings=[a_hearing(date(2026, 3, 13))],
        )
    life.words = " ".join(WORDS)
    child = life.back()
    submit(child, get(child, "/back/more"), words="One thing more.")
    return life


def test_before_anybody_lies_all_is_true(life: Life) -> None:
    life.look()
    assert not life.checker.lies


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_every_lie_is_caught(
    life: Life, app: Flask, monkeypatch: pytest.MonkeyPatch, lie: Lie
) -> None:
    if lie.code is None:
        page = BeautifulSoup(f"<html lang=en><body><p>{lie.says}</p></body></html>", "html.parser")
        life.checker.page(page, "a page")
    else:
        if lie.is_read:
            life.is_read()
        lie.code(monkeypatch, app)
        life.look()
    assert any(lie.says in found for found in life.checker.lies), life.checker.lies
