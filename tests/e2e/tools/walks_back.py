"""The pages behind the secret words, one after the other."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.people import Role
from kids_feedback.services.child import requests
from kids_feedback.storage.tables.casework import Answer, Letter
from kids_feedback.storage.tables.meetings import Meeting
from tests import sample
from tests.e2e.pages.child import Now
from tests.e2e.tools.samples import PARTS, SAID, STATES
from tests.e2e.tools.walker import Walker
from tests.make import (
    NOW,
    a_complaint,
    a_compliment,
    a_person,
)
from tests.services.acts import a_childs_act
from tests.services.casework.meeting_room import Room


def coming_back(walker: Walker) -> Iterator[str]:
    """Yield what the secret words open, at each point of the way."""
    for state, columns in STATES.items():
        with walker.transactions() as db:
            manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
            row = (a_compliment if state == "praise" else a_complaint)(
                db, manager=manager, **columns
            )
            if row.stage is Stage.DELIVERED:
                db.add(Answer(case_id=row.id, parts=PARTS, written_by=manager.id, saved_at=NOW))
            mine = row.id
        walker.is_somebody(mine=mine)
        yield walker.opens("/back/now") + f", {state}"
    walker.opens("/back/now")
    waiting = Now(walker.page).answer()
    yield "the answer waits"
    waiting.read()
    yield "the answer"


def picking_words(walker: Walker) -> Iterator[str]:
    """Yield the way in by pictures: each half of them, the words of one, and all five."""
    yield walker.opens("/back/pictures")
    for said, kept in {
        "the others": {"more": True},
        "its words": {"words": ["kite"], "kind": "lights"},
        "two words": {"words": ["kite", "lamp"]},
        "all words": {"words": ["kite", "lamp", "river", "button", "spoon"]},
    }.items():
        walker.is_somebody(picked_words=kept)
        yield walker.opens("/back/pictures") + f", {said}"


def saying_more(walker: Walker) -> Iterator[str]:
    """Yield what a child can say on the way back, before and after the answer, and what stays."""
    with walker.transactions() as db:
        waits, answered = a_complaint(db).id, a_complaint(db, **STATES["answered"]).id
        unsafe = a_complaint(db).id
    said: tuple[tuple[str, str, dict[str, str | bool]], ...] = (
        (waits, "/back/more", {"words": SAID}),
        (waits, "/back/stop", {}),
        (unsafe, "/back/more", {"not_safe": True}),
        (answered, "/back/not-happy", {}),
        (answered, "/back/how", {"words": SAID}),
    )
    for mine, path, fields in said:
        walker.is_somebody(mine=mine)
        yield walker.opens(path)
        main = walker.page.get_by_role("main")
        for name, words in fields.items():
            box = main.locator(f"[name={name}]")
            box.fill(words) if isinstance(words, str) else box.check()
        with walker.page.expect_navigation():
            main.locator("form button").first.click()
        yield f"{path}, said"
    for mine in (waits, unsafe, answered):
        walker.is_somebody(mine=mine)
        yield walker.opens("/back/now") + ", with what was said since"


def messages(walker: Walker) -> Iterator[str]:
    """Yield the news of a message, the message with room for an answer, and what stays."""
    with walker.transactions() as db:
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
        mine = a_complaint(db, stage=Stage.ALLOCATED, manager=manager).id
        written: dict[str, Any] = {"written_by": manager.id, "written_on": NOW.date()}
        db.add(Letter(case_id=mine, text=SAID, **written))
    walker.is_somebody(mine=mine)
    yield walker.opens("/back/now") + ", with a message"
    yield walker.opens("/back/message")
    with walker.page.expect_navigation():
        walker.page.get_by_role("main").locator("form button").first.click()
    yield "the message, read"
    yield walker.opens("/back/now") + ", with a message that was read"


def changing(walker: Walker) -> Iterator[str]:
    """Yield the questions that are asked again, with nothing given; and that it is asked for."""
    with walker.transactions() as db:
        mine = a_complaint(db).id
    walker.is_somebody(mine=mine)
    main = walker.page.get_by_role("main")
    for number in sample.many(
        small=(10, 12, 15), full=(*range(8, 16), *range(19, 23))
    ):  # as they are asked at first
        yield walker.opens(f"/back/change/{number}")
        if number < 14:  # the rest may be left out; each button of 15 is an answer
            with walker.page.expect_navigation():
                main.locator("form button").first.click()
            yield f"/back/change/{number} with nothing said"
    walker.opens("/back/change/13")
    main.get_by_role("radio").last.check()
    with walker.page.expect_navigation():
        main.locator("form button").first.click()
    yield "who comes along, asked for"


def requesting(walker: Walker) -> Iterator[str]:
    """Yield what waits until somebody has asked the child, and that the old way is not safe."""
    with walker.transactions() as db:
        how = {"method": Method.PHONE, "contact": {"method": "phone", "phone": "07700 900123"}}
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
        known = {"stage": Stage.ALLOCATED, "manager": manager, **how}
        asks, unsafe = a_complaint(db, **known), a_complaint(db, **known)
        requests.ask_for(a_childs_act(db, asks), Asked.WAY, {"method": "here"})
        mine, theirs = asks.id, unsafe.id
    walker.is_somebody(mine=mine)
    yield walker.opens("/back/now") + ", with another way asked for"
    walker.is_somebody(mine=theirs)
    yield walker.opens("/back/not-safe-now")
    main = walker.page.get_by_role("main")
    for ticked in (False, True):
        if ticked:
            main.get_by_role("checkbox").check()
        with walker.page.expect_navigation():
            main.locator("form button").first.click()
        yield "the old way is not safe" if ticked else "/back/not-safe-now with nothing said"
    yield walker.opens("/back/now") + ", with no way that is safe"


def meeting(walker: Walker) -> Iterator[str]:
    """Yield the pages on which a time and a place are picked, and who the manager is."""
    with walker.transactions() as db:
        room = Room(db, {"supporter": "known"})
        room.offer()
        mine = room.row.id
    walker.is_somebody(mine=mine)
    yield walker.opens("/back/now") + ", with times to pick"
    yield walker.opens("/back/who")
    yield walker.opens("/back/meet/when")
    for path in ("/back/meet/where", "/back/meet/check"):
        main = walker.page.get_by_role("main")
        main.get_by_role("radio").first.check()
        with walker.page.expect_navigation():
            main.locator("form button").first.click()
        yield path
    with walker.page.expect_navigation():
        walker.page.get_by_role("main").locator("form button").first.click()
    yield "a meeting, agreed"
    walker.is_somebody(mine=mine)
    yield walker.opens("/back/meet/check") + ", agreed"
    walker.opens("/back/meet/when")
    with walker.transactions() as db:
        db.execute(delete(Meeting).where(Meeting.case_id == mine))
    main = walker.page.get_by_role("main")
    main.get_by_role("radio").first.check()
    with walker.page.expect_navigation():
        main.locator("form button").first.click()
    yield "times that are no longer offered"
