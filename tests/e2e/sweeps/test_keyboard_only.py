"""The whole way by keyboard alone: a complaint, and the way back to its answer."""

from collections.abc import Mapping
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from kids_feedback.web.questions.model import Choice
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Answer as AnswerPage
from tests.e2e.pages.child import (
    AnswerWaits,
    Before,
    Check,
    ChildPage,
    ComeBack,
    Done,
    Given,
    Now,
    Question,
    Start,
)
from tests.e2e.tools.keyboard import Keyboard
from tests.e2e.tools.samples import PARTS
from tests.e2e.walks.test_child_sends import COMPLAINT
from tests.make import NOW, a_person
from tests.web.visits import writing


def toured(keys: Keyboard, at: ChildPage) -> ChildPage:
    """Go through the page; the first stop is the way out."""
    stops = keys.tour()
    assert stops[0] == f"a {at.ways_out.first.text_content()}", at.page.url
    return at


def answer(keys: Keyboard, question: Question, given: Mapping[str, Given]) -> None:
    for name, value in given.items():
        each = question.asked(name)
        if not isinstance(each, Choice):
            keys.type(question.control(name), str(value))
        elif each.buttons:
            keys.press(question.button(name, str(value)))
            return
        else:
            for code in [value] if isinstance(value, str) else value:
                keys.tick(question.control(name, code))
    keys.press(question.next_button)


def answered(transactions: Transactions) -> None:
    """Let a manager answer what was sent."""
    with transactions() as db:
        row = db.scalars(select(Case)).one()
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
        row.manager_id, row.stage = manager.id, Stage.DELIVERED
        row.talk_on, row.delivered_on = date(2026, 3, 20), date(2026, 4, 20)
        row.answer_by = date(2026, 4, 20)
        db.add(Answer(case_id=row.id, parts=PARTS, written_by=manager.id, saved_at=NOW))


@pytest.mark.long
def test_a_whole_complaint_and_the_way_back_need_nothing_but_keys(
    page: Page, transactions: Transactions
) -> None:
    keys, start = Keyboard(page), Start.open(page)
    toured(keys, start)
    keys.press(start.link("/first/1"))
    toured(keys, before := Before(page))
    keys.press(before.main.get_by_role("link", name="Go on"))
    seen: set[str] = set()
    for screen, given in COMPLAINT:
        question = Question(page)
        assert question.screen.id == screen
        if screen not in seen:
            toured(keys, question)
        seen.add(screen)
        answer(keys, question, given)
    check = Check(page)
    toured(keys, check)
    keys.press(check.send_button)
    done = Done(page)
    toured(keys, done)
    words = " ".join(done.words)
    keys.press(done.link("/finish"))
    answered(transactions)

    keys.press(Start(page).link("/back"))
    back = ComeBack(page)
    toured(keys, back)
    keys.type(back.box, words)
    keys.press(back.main.get_by_role("button"))
    now = Now(page)
    toured(keys, now)
    keys.press(now.link("/back/answer"))
    waits = AnswerWaits(page)
    toured(keys, waits)
    keys.press(waits.main.get_by_role("button"))
    read = AnswerPage(page)
    toured(keys, read)
    keys.press(read.link("/finish"))
    Start(page)


def test_a_mistake_is_found_and_mended_by_keys(open_page: OpenPage) -> None:
    page = open_page(visit={"look": "pictures", "language": "ar", **writing(NOW)})
    page.goto("/p/4")
    keys, question = Keyboard(page), Question(page)
    keys.press(question.next_button)
    alert = question.alert
    expect(alert).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(question.control("wish", "look_into")).to_be_focused()
    page.goto("/p/4")
    toured(keys, Question(page))
