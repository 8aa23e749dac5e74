"""Every staff page in a real browser: readable by everybody, narrow and wide, both directions.

One visit takes axe, the width, and the colours of the device: light, dark or its own.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import PassOn
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.child import replies
from kids_feedback.services.reading import opened_words
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.leaves import OfficeDay
from tests import sample
from tests.conftest import SetClock
from tests.e2e.conftest import PHONE, OpenPage
from tests.e2e.tools import axe
from tests.make import (
    a_change,
    a_complaint,
    a_compliment,
    a_hearing,
    a_leaf,
    a_note,
    a_person,
    person_of,
)
from tests.services.acts import WHOLE, a_childs_act, an_act, stop
from tests.web.board.releases import CODE, came_in, release
from tests.web.staff.pages import a_case, a_given_case, a_talked_case, some_staff

WIDE = {"width": 1280, "height": 900}
WIDTHS = {"320 px": PHONE, "wide": WIDE}
DESKS = ("head", "manager", "others")
VISITS = sample.rows(desk=DESKS, width=tuple(WIDTHS), language=("en", "ar"))
HEAD = ("", "/who", "/step/read", "/step/area", "/court", "/words", "/contact", "/safety")

MANAGER = (
    "", "/answer", "/answer/preview", "/court", "/contact", "/late", "/step/talk", "/step/ended",
    "/step/identity",
)  # fmt: skip


class World:
    """A case in each state that a page depends on, and who may open it."""

    def __init__(self, transactions: Transactions, clock: SetClock) -> None:
        with transactions() as db:
            staff = some_staff(db)
            desk = a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE)
            self.head, self.manager, self.desk = staff.head.id, staff.manager.id, desk.id
            worker = a_person(db, "Ada Moss", offices=["eastham"])
            self.new = a_case(db, name="Ana", read_today=True, about=[worker], language="ar").id
            talked = a_talked_case(
                db, staff, name="Ben", hearings=[a_hearing(date(2026, 3, 9))], ongoing=True
            )
            self.talked = talked.id
            given = a_given_case(db, staff, name=None)
            self.given = given.id
            self.approved = a_talked_case(db, staff, name="Cai", stage=Stage.APPROVED).id
            a_note(db, name=60 * "W", acknowledged_on=date(2026, 3, 2), stage=Stage.ACKNOWLEDGED)
            self.praise = a_compliment(db, name="Eli", office="eastham", pass_on=PassOn.NO).id
            self.lost = a_complaint(db, area=None).id
            written = a_talked_case(db, staff, name="Fay")
            answers.submit(an_act(db, written, person_of(staff.manager)), parts=WHOLE)
            opened_words.open_statement(an_act(db, written, person_of(staff.head)))
            self.written = written.id
            replies.send_more(a_childs_act(db, talked), "And one more thing.")
            stopped = a_given_case(db, staff, name="Gus")
            stop(db, stopped)
            self.stopped = stopped.id
            self.leaf = a_leaf(db).id
            self.secretary = a_person(db, "Pip Page", role=Role.BOARD_SECRETARY).id
            self.keeper = a_person(db, "Kit Keys", role=Role.ADMINISTRATOR).id
            self.change = a_change(db).id
            came_in(db, complaints=20, stage=Stage.CLOSED, closed_on=date(2025, 7, 1))
            release(db, clock())
            outside = a_person(
                db, "Ola Outside", role=Role.LOCAL_MANAGER, last_resort=Fallback.OUTSIDE
            )
            self.outside = outside.id
            self.barred = a_complaint(db, fallback=Fallback.OUTSIDE).id
            db.add(OfficeDay(office_code="eastham", key="k", given_on=clock().date(), greeted="no"))

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield whom to sign in and what to open."""
        yield from ((self.head, f"/staff/{name}") for name in ("queue", "praise", "to-check"))
        yield from ((self.head, f"/staff/case/{self.new}{part}") for part in HEAD)
        yield self.head, f"/staff/case/{self.written}/answer/preview"
        yield self.head, f"/staff/case/{self.written}/step/allocate"
        yield self.head, f"/staff/case/{self.stopped}"
        yield from ((self.manager, f"/staff/case/{self.talked}{part}") for part in MANAGER)
        yield self.manager, f"/staff/case/{self.given}/step/attempt"
        yield self.manager, f"/staff/case/{self.approved}/step/deliver"
        yield self.manager, f"/staff/case/{self.praise}/step/pass-on"
        yield self.desk, f"/staff/case/{self.lost}/step/area"
        yield from (
            (self.manager, f"/staff/{name}")
            for name in (
                "leaves",
                f"leaves/{self.leaf}",
                "office-days",
                "about-me",
                "lend",
                "devices",
            )
        )
        yield from (
            (self.desk, path) for path in ("/staff/queue", "/staff/messages", "/staff/leaf-numbers")
        )
        yield self.outside, f"/staff/case/{self.barred}/why"
        released = f"period/{CODE}/"
        yield from (
            (self.secretary, f"/secretary/{name}")
            for name in (
                "",
                "leaves",
                "changes",
                f"changes/{self.change}",
                f"{released}take-back",
                f"{released}version/1",
            )
        )
        yield from (
            (self.keeper, path)
            for path in (
                "/people/",
                "/people/new",
                "/people/duty",
                "/record/",
                "/closed-days/",
                "/staff/devices",
            )
        )
        about = f"/people/{self.manager}"
        yield from ((self.keeper, f"{about}{part}") for part in ("", "/cases", "/away"))

    def at(self, desk: str) -> Iterator[tuple[str, str]]:
        """Yield those of ``pages`` that this desk opens: the head's, the manager's, or the rest."""
        named = {self.head: "head", self.manager: "manager"}
        yield from (page for page in self.pages() if named.get(page[0], "others") == desk)


@pytest.mark.long
@pytest.mark.parametrize(("desk", "width", "language"), VISITS)
def test_everybody_can_read_every_page(
    open_page: OpenPage,
    transactions: Transactions,
    clock: SetClock,
    desk: str,
    width: str,
    language: str,
) -> None:
    world, signed_in = World(transactions, clock), dict[str, Page]()
    for person, path in world.at(desk):
        if person not in signed_in:
            visit = {"person": person, "language": language}
            signed_in[person] = open_page(visit=visit, viewport=WIDTHS[width])
        page = signed_in[person]
        opened = page.goto(path)
        assert opened is not None
        assert opened.status == 200, path
        axe.check_in_all_colours(page)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{path} is {over} px too wide"


@pytest.mark.parametrize("width", WIDTHS)
def test_what_opens_at_a_press_can_be_read_too(
    open_page: OpenPage,
    transactions: Transactions,
    clock: SetClock,
    width: str,
) -> None:
    world = World(transactions, clock)
    page = open_page(visit={"person": world.manager}, viewport=WIDTHS[width])
    case = f"/staff/case/{world.talked}"
    page.goto(f"{case}/words")
    page.get_by_role("button", name="Show what the child said").click()
    page.get_by_text("She never asked me").wait_for()
    axe.check_in_all_colours(page)
    page.goto(f"{case}/contact")
    page.get_by_role("button", name="Show the contact details").click()
    expect(page).to_have_title(re.compile("^Error:"))
    axe.check_in_all_colours(page)
    page.get_by_label("I have read the contact rules").check()
    page.get_by_role("button", name="Show the contact details").click()
    page.get_by_text("07700 900123").wait_for()
    axe.check_in_all_colours(page)
    page.get_by_role("button", name="Someone may not be safe").click()
    page.get_by_text("The handover is recorded.").wait_for()
    axe.check_in_all_colours(page)
    page.goto(f"{case}/step/talk")
    page.get_by_role("button", name="Save the talk").click()
    axe.check_in_all_colours(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_both_texts_can_be_read_side_by_side(
    open_page: OpenPage,
    transactions: Transactions,
    clock: SetClock,
    width: str,
) -> None:
    world = World(transactions, clock)
    first, second = (
        open_page(visit={"person": world.manager}, viewport=WIDTHS[width]) for _ in range(2)
    )
    for page in (first, second):
        page.goto(f"/staff/case/{world.talked}/answer")
    for page, words in ((first, "Mine was first."), (second, "Mine was second.")):
        page.get_by_label("What we found out").fill(words)
        page.get_by_role("button", name="Save for later").click()
    second.get_by_text("Mine was first.").wait_for()
    assert second.get_by_label("Yours: What we found out").input_value() == "Mine was second."
    axe.check_in_all_colours(second)
